import { mkdirSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { cacheFile } from './environment.ts';

/**
 * The first traces of a file are kept, so V8 takes all traces for long-lived and puts later ones where only a full
 * collection frees them, which it then delays until the heap is four times what is in use. Without both, reading a
 * long file takes half the memory and a fifth less processor time.
 */
for (const flag of ['--no-allocation-site-pretenuring', '--heap-growing-percent=50'])
  setFlagsFromString(flag);

/** Compiled code is kept in the user's cache folder: a second start takes a third of the time. */
const folder = cacheFile('compiled');
if (isOwn(folder)) enableCompileCache(folder);
const [{ watchOutput }, { run }] = await Promise.all([
  import('./output.ts'),
  import('./program.ts'),
]);
watchOutput();
await run(process.argv.slice(2));

/** Nobody else may write there: V8 runs what it finds. */
function isOwn(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(path);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}
