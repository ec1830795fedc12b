import { Worker } from 'node:worker_threads';
import { CulpritError, type ErrorCode } from '../../contract/culprit-error.ts';
import type { Promotion, RunReport } from '../../verify/verify.ts';
import type { PromotionTask } from './promotion.ts';
import type { RunTask } from './run-record.ts';

/** What takes too long for the thread that answers requests. */
export interface SuiteWork {
  /** Throws what `promoteStored` throws. */
  readonly promote: (task: PromotionTask) => Promise<Promotion>;
  /** Throws what `reportOfRun` throws. */
  readonly report: (task: RunTask) => Promise<RunReport | null>;
}

export type WorkRequest =
  | { readonly kind: 'promote'; readonly task: PromotionTask }
  | { readonly kind: 'report'; readonly task: RunTask };

/** What the thread says. */
export type SuiteNews =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };

/** Each piece of work on a thread of its own, one after the other: what they hold in memory is bounded. */
export function suiteWorkOnThreads(): SuiteWork {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(request: WorkRequest): Promise<Result> => {
    const done = last.then(() => onThread(request)) as Promise<Result>;
    last = done.catch(() => {});
    return done;
  };
  return {
    promote: (task) => inTurn({ kind: 'promote', task }),
    report: (task) => inTurn({ kind: 'report', task }),
  };
}

async function onThread(request: WorkRequest): Promise<unknown> {
  const worker = new Worker(WORKER, { workerData: request, resourceLimits: LIMITS });
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (news: SuiteNews) => {
        if (news.kind === 'done') return resolve(news.result);
        reject(new CulpritError((news.code as ErrorCode | null) ?? 'internal', news.message));
      });
      worker.on('error', (cause) => reject(failed(cause.message, cause)));
      late = setTimeout(() => reject(failed('it took longer than five minutes')), LONGEST);
      worker.on('exit', (code) => reject(failed(`its thread ended (${code})`)));
    });
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}

const failed = (why: string, cause?: unknown): CulpritError =>
  new CulpritError('internal', `the suite could not be worked on: ${why}`, { cause });

/** Milliseconds: suites may hold checks that never end. */
const LONGEST = 300_000;

const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 2048 };

const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);
