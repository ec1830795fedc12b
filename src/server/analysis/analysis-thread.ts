import { Worker } from 'node:worker_threads';
import { CulpritError, type ErrorCode } from '../../contract/culprit-error.ts';
import type { Progress } from '../../contract/progress.ts';
import type {
  AnalysisHooks,
  AnalysisRequest,
  AnalysisResult,
  OpenInput,
} from './analyze-stored.ts';

/** What the thread says. */
export type AnalysisNews =
  /** From now on, the traces of this input from the first one on. */
  | { readonly kind: 'open'; readonly input: number }
  | { readonly kind: 'next' }
  | { readonly kind: 'progress'; readonly told: Parameters<Progress> }
  | { readonly kind: 'done'; readonly result: AnalysisResult }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };

/** What it is answered to `next`; null: there is no more. */
export type AnalysisAnswer =
  | { readonly kind: 'piece'; readonly bytes: Uint8Array | null }
  | { readonly kind: 'failed'; readonly reason: string };

/** Analyzes stored traces. */
export type AnalysisRunner = (
  open: OpenInput,
  request: AnalysisRequest,
  hooks: AnalysisHooks,
) => Promise<AnalysisResult>;

/** Runs an analysis on a thread of its own, so that requests are answered meanwhile. Throws what `analyzeStored` throws. */
export const analyzeOnThread: AnalysisRunner = async (open, request, { progress, signal }) => {
  const worker = new Worker(WORKER, { workerData: request, resourceLimits: LIMITS });
  let pieces: AsyncIterator<Uint8Array> | null = null;
  const reopen = async (input: number): Promise<AsyncIterator<Uint8Array>> => {
    await pieces?.return?.();
    pieces = open(input)[Symbol.asyncIterator]();
    return pieces;
  };
  const answer = async (): Promise<AnalysisAnswer> => {
    try {
      const { done, value } = await (pieces ?? (await reopen(0))).next();
      return { kind: 'piece', bytes: done === true ? null : value };
    } catch (error) {
      return { kind: 'failed', reason: String(error) };
    }
  };
  try {
    return await new Promise<AnalysisResult>((resolve, reject) => {
      // One after the other: a stream is closed before the next is opened.
      let last: Promise<unknown> = Promise.resolve();
      worker.on('message', (news: AnalysisNews) => {
        switch (news.kind) {
          case 'open':
            last = last.then(() => reopen(news.input));
            break;
          case 'next':
            last = last.then(answer).then((message) => worker.postMessage(message));
            break;
          case 'progress':
            progress(...news.told);
            break;
          case 'done':
            resolve(news.result);
            break;
          case 'failed':
            reject(new CulpritError((news.code as ErrorCode | null) ?? 'internal', news.message));
            break;
        }
      });
      worker.on('error', (cause) =>
        reject(new CulpritError('internal', `the analysis failed: ${cause.message}`, { cause })),
      );
      const stop = (): void => reject(new CulpritError('aborted', 'the analysis was stopped'));
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      worker.on('exit', (code) =>
        reject(new CulpritError('internal', `the analysis failed: its thread ended (${code})`)),
      );
    });
  } finally {
    await worker.terminate();
    await (pieces as AsyncIterator<Uint8Array> | null)?.return?.();
  }
};

/** Like threads of a scan: garbage is collected soon. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 2048 };

const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);
