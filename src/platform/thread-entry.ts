import { enableCompileCache } from 'node:module';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadStart } from './thread.ts';

const { module, compileCache } = workerData as ThreadStart;
// The folder that is reported has one folder for the version of Node below the one that was asked for.
if (compileCache !== null) enableCompileCache(dirname(compileCache));
const { answer } = (await import(module)) as { answer: (message: unknown) => unknown };
parentPort?.on('message', (message) => parentPort?.postMessage(answer(message)));
