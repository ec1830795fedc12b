import { isRecord } from '../../text/json.ts';

/** What a page shows: its data, or why there is none, with what to do. */
export type ReadPage<Data> =
  | { readonly kind: 'page'; readonly data: Data }
  | { readonly kind: 'unreadable'; readonly message: string };

/**
 * Parses the JSON embedded in a page. Never throws: unreadable text gives a reason.
 * @param version the one that the page reads
 * @param isComplete checks the top level only: the same package wrote the data
 */
export function readPage<Data>(
  text: string,
  version: number,
  isComplete: (data: Record<string, unknown>) => boolean,
): ReadPage<Data> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = null;
  }
  if (!isRecord(data) || !isComplete(data))
    return unreadable(
      'The data in this report cannot be read: the file is cut short or was edited. Create it again with --out.',
    );
  if (data['version'] !== version)
    return unreadable(
      `This report contains data of version ${String(data['version']).slice(0, 20)}, but the page reads version ${version}. Create it again with --out.`,
    );
  return { kind: 'page', data: data as Data };
}

const unreadable = (message: string): ReadPage<never> => ({ kind: 'unreadable', message });
