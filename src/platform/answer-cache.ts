import type { AnswerCache } from '../contract/answer-cache.ts';
import type { Json } from '../contract/json.ts';
import { type KeyedFile, openKeyedFile } from './keyed-file.ts';

type FileAnswerCache = AnswerCache & Pick<KeyedFile, 'close'>;

/** A cache of a model's answers in one file (see `openKeyedFile`), answers as JSON. Throws `unreadable_file`. */
export async function openAnswerCache(path: string): Promise<FileAnswerCache> {
  const file = await openKeyedFile(path, 'answer cache');
  return {
    get: async (keys) => (await file.get(keys)).map(answerOf),
    put: (entries) =>
      file.put(
        entries.map(({ key, value }) => ({ key, data: Buffer.from(JSON.stringify(value)) })),
      ),
    close: () => file.close(),
  };
}

function answerOf(data: Buffer | undefined): Json | undefined {
  if (data === undefined) return undefined;
  try {
    return JSON.parse(data.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}
