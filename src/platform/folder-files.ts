import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that one folder may give: a home folder named by mistake is not walked to its end. */
const MAX_FILES = 20_000;

/**
 * The files below a folder in order of their names, without hidden ones and `node_modules`; for anything else, the
 * path itself. Links are not followed.
 */
export async function folderFiles(path: string): Promise<readonly string[]> {
  const info = path === '-' ? null : await stat(path).catch(() => null);
  if (info === null || !info.isDirectory()) return [path];
  const files: string[] = [];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const inner = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(inner);
      else if (entry.isFile()) files.push(inner);
    }
    if (files.length > MAX_FILES) break;
  }
  return files.length === 0 ? [path] : files.slice(0, MAX_FILES).sort();
}
