import type { ByteSource } from '../contract/byte-source.ts';
import { fileSource } from '../platform/file-source.ts';
import { folderFiles } from '../platform/folder-files.ts';
import type { StoreOptions } from './store-options.ts';

/** A file to analyze, under the name that people see. */
export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

/** A folder stands for the files below it. */
export async function sourcesOf(files: readonly NamedFile[]): Promise<readonly ByteSource[]> {
  const sources: ByteSource[] = [];
  for (const { path, name } of files) {
    for (const each of await folderFiles(path)) {
      sources.push({ ...(await fileSource(each)), name: each === path ? name : each });
    }
  }
  return sources;
}

/** The files, or what is stored where the options say (`checkInput`). Whoever reads it closes it. */
export async function inputOf(
  files: readonly NamedFile[],
  { from, ...which }: StoreOptions,
): Promise<readonly ByteSource[]> {
  if (from === undefined) return sourcesOf(files);
  const { storedTraces } = await import('./stored-traces.ts');
  return [await storedTraces({ from, ...which }, Date.now())];
}
