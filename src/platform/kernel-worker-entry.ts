import { parentPort, workerData } from 'node:worker_threads';

const { answer } = (await import(workerData as string)) as {
  answer: (message: unknown) => unknown;
};
parentPort?.on('message', (message) => parentPort?.postMessage(answer(message)));
