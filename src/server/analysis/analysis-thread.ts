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

/** What it is answered to `next`: traces; null: there are no more. */
export type AnalysisAnswer = Uint8Array | null;

/** Analyzes stored traces. */
export type AnalysisRunner = (
  open: OpenInput,
  request: AnalysisRequest,
  hooks: AnalysisHooks,
) => Promise<AnalysisResult>;

/** A step may take minutes, on many failures; a thread that is silent for so long hangs. */
const HANG_MS = 15 * 60_000;

/**
 * Runs each analysis on a thread of its own, so that requests are answered meanwhile. It throws what `analyzeStored` and
 * `open` throw, and CulpritError `internal` when the thread dies or hangs.
 * @param hangMs Milliseconds without a word from which on a thread counts as dead.
 * @param module What the thread runs.
 */
export const analysisThread =
  (hangMs = HANG_MS, module: URL = WORKER): AnalysisRunner =>
  async (open, request, { progress, signal }) => {
    const worker = new Worker(module, { workerData: request, resourceLimits: LIMITS });
    let timer: NodeJS.Timeout | undefined;
    let pieces: AsyncIterator<Uint8Array> | null = null;
    const reopen = async (input: number): Promise<AsyncIterator<Uint8Array>> => {
      await pieces?.return?.();
      pieces = open(input)[Symbol.asyncIterator]();
      return pieces;
    };
    const answer = async (): Promise<void> => {
      const { done, value } = await (pieces ?? (await reopen(0))).next();
      worker.postMessage((done === true ? null : value) satisfies AnalysisAnswer);
    };
    try {
      return await new Promise<AnalysisResult>((resolve, reject) => {
        // One after the other: a stream is closed before the next is opened.
        let last: Promise<unknown> = Promise.resolve();
        const then = (work: () => Promise<unknown>): void => {
          last = last.then(work);
          last.catch(reject);
        };
        const watch = (): void => {
          clearTimeout(timer);
          const silence = `its thread gave no sign for ${hangMs / 60_000} minutes and was ended`;
          timer = setTimeout(() => reject(failed(silence)), hangMs).unref();
        };
        watch();
        worker.on('message', (news: AnalysisNews) => {
          watch();
          switch (news.kind) {
            case 'open':
              then(() => reopen(news.input));
              break;
            case 'next':
              then(answer);
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
        worker.on('error', (cause) => reject(failed(cause.message, cause)));
        const stop = (): void => reject(new CulpritError('aborted', 'the analysis was stopped'));
        signal.addEventListener('abort', stop);
        if (signal.aborted) stop();
        worker.on('exit', (code) => reject(failed(`its thread ended (${code})`)));
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
      await (pieces as AsyncIterator<Uint8Array> | null)?.return?.();
    }
  };

const failed = (why: string, cause?: unknown): CulpritError =>
  new CulpritError('internal', `the analysis failed: ${why}`, { cause });

/** Like threads of a scan: garbage is collected soon. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 2048 };

const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);
