import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from '../../contract/progress.ts';
import type { AnalysisAnswer, AnalysisNews } from './analysis-thread.ts';
import { type AnalysisRequest, analyzeStored } from './analyze-stored.ts';

/** What the thread of an analysis runs: it asks for the traces, piece by piece, twice over. */
const port = parentPort!;
const tell = (news: AnalysisNews): void => port.postMessage(news);

const next = (): Promise<Uint8Array | null> =>
  new Promise((resolve) => {
    port.once('message', (answer: AnalysisAnswer) => resolve(answer));
    tell({ kind: 'next' });
  });

async function* open(input: number): AsyncGenerator<Uint8Array> {
  tell({ kind: 'open', input });
  for (let bytes = await next(); bytes !== null; bytes = await next()) yield bytes;
}

/** Of the calls within a tenth of a second one is passed on. */
let last = 0;
const progress: Progress = (...told) => {
  if (performance.now() - last < 100) return;
  last = performance.now();
  tell({ kind: 'progress', told });
};

try {
  tell({
    kind: 'done',
    result: await analyzeStored(open, workerData as AnalysisRequest, { progress }),
  });
} catch (error) {
  const { code = null, message = String(error) } = error as { code?: string; message?: string };
  tell({ kind: 'failed', code, message });
}
port.close();
