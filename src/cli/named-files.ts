import type { ByteSource } from '../contract/byte-source.ts';
import { fileSource } from '../platform/file-source.ts';
import { folderFiles } from '../platform/folder-files.ts';

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
