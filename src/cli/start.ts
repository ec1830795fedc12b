import { mkdirSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { cacheFile } from './environment.ts';

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
