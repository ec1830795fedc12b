import { resolve } from 'node:path';
import { checkWritable, writeWhole } from '../platform/write-whole.ts';
import { writeResult } from './output.ts';
import { style } from './style.ts';

/**
 * The path of a report, checked before the work for it is done: it is no input, and what is there is a report of the same
 * kind, which begins with `title`. Throws `invalid_option`.
 */
export async function reportFile(
  out: string,
  inputs: readonly string[],
  title: RegExp,
): Promise<string> {
  const path = resolve(out);
  await checkWritable(path, inputs, (head) => title.test(head));
  return path;
}

/** Without a browser, the path in the output is enough. */
export async function openInBrowser(path: string, say: (line: string) => void): Promise<void> {
  const { default: open } = await import('open');
  try {
    const opener = await open(path);
    opener.on('error', () => say(`no browser could be started; open ${path} yourself`));
  } catch {
    say(`no browser could be started; open ${path} yourself`);
  }
}

/** Where a page goes, and whether it is opened then. `path` null: none is written. */
export interface PageFile {
  readonly path: string | null;
  readonly open: boolean;
}

/**
 * Writes a page, prints the result with where the page is, and opens it. Where it cannot be written, the result is
 * printed all the same, and the error thrown then.
 */
export async function present(
  { path, open }: PageFile,
  page: () => Promise<string>,
  { textOf, say }: Presented,
): Promise<void> {
  const failed = path === null ? null : await written(path, await page());
  writeResult(textOf(failed === null ? path : null));
  if (failed !== null) throw failed;
  if (open && path !== null) await openInBrowser(path, say);
}

interface Presented {
  /** The result as text; `report` is the path of the page, null where there is none. */
  readonly textOf: (report: string | null) => string;
  readonly say: (line: string) => void;
}

/** The error, so that the list is printed all the same. */
export const written = (path: string, text: string): Promise<unknown> =>
  writeWhole(path, text).then(
    () => null,
    (error: unknown) => error,
  );

/** The last line of a result that was also written as a report; '' where it was not. */
export const reportLine = (path: string | null): string =>
  path === null ? '' : `\n${style('dim', 'report')}  ${style('cyan', path)}\n`;
