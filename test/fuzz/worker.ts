import { parentPort, workerData } from 'node:worker_threads';
import { fuzzInput } from './fuzz-input.ts';
import { payloads } from './payloads.ts';
import { tryInput } from './try-input.ts';

/** Every so many inputs, one goes through the whole pipeline. */
const WHOLE_EVERY = 20;

const { seed, from, to } = workerData as { seed: number; from: number; to: number };
const given = payloads();
let fault: string | null = null;
process.on('unhandledRejection', (error) => {
  fault = `unhandled rejection: ${String(error)}`;
});

for (let index = from; index < to; index++) {
  parentPort?.postMessage({ index, fault: null });
  const input = fuzzInput(seed, index, given);
  fault ??= await tryInput(input, index % WHOLE_EVERY === 0);
  await new Promise((resolve) => setImmediate(resolve));
  if (fault !== null) parentPort?.postMessage({ index, fault: `${input.kind}: ${fault}` });
  fault = null;
}
