import { enableCompileCache } from 'node:module';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadStart } from './thread.ts';

const { module, compileCache } = workerData as ThreadStart;
// The folder that is reported has one folder for the version of Node below the one that was asked for.
if (compileCache !== null) enableCompileCache(dirname(compileCache));
const { answer, handedOver = () => [] } = (await import(module)) as {
  readonly answer: (message: unknown) => unknown;
  readonly handedOver?: (answer: unknown) => ArrayBuffer[];
};
parentPort?.on('message', async (message) => {
  const given = await answer(message);
  parentPort?.postMessage(given, handedOver(given));
});
