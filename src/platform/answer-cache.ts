import type { AnswerCache } from '../contract/answer-cache.ts';
import { parseJson } from '../text/json.ts';
import { type KeyedFile, openKeyedFile } from './keyed-file.ts';

type FileAnswerCache = AnswerCache & Pick<KeyedFile, 'close'>;

/** Opens a cache of model answers in one file (see `openKeyedFile`), stored as JSON. Throws `unreadable_file`. */
export async function openAnswerCache(path: string): Promise<FileAnswerCache> {
  const file = await openKeyedFile(path, 'answer cache');
  return {
    get: async (keys) =>
      (await file.get(keys)).map((data) => data && parseJson(data.toString('utf8'))),
    put: (entries) =>
      file.put(
        entries.map(({ key, value }) => ({ key, data: Buffer.from(JSON.stringify(value)) })),
      ),
    close: () => file.close(),
  };
}
