import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What a package of the user's exports: it is looked up from `folder` upward, then beside this program. Null where it is
 * not installed. Throws what the package throws when it is loaded.
 */
export async function userPackage(
  name: string,
  folder: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  for (const from of [join(folder, 'package.json'), import.meta.filename]) {
    const path = resolved(name, from);
    if (path !== null) return await import(pathToFileURL(path).href);
  }
  return null;
}

function resolved(name: string, from: string): string | null {
  try {
    return createRequire(from).resolve(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
