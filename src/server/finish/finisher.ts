import type { Thread } from '../../numeric/numeric.ts';
import type { FinishedRows, ProjectJudging, TraceToFinish } from './finished-trace.ts';

export type FinishRequest =
  | { readonly kind: 'forget' }
  | { readonly kind: 'judging'; readonly project: string; readonly judging: ProjectJudging }
  | ({ readonly kind: 'finish' } & FinishBatch);

export interface FinishBatch {
  readonly traces: readonly TraceToFinish[];
  /** Rows of `records` from the store, of traces without places. */
  readonly stored: readonly Uint8Array<ArrayBuffer>[];
}

export interface FinishAnswer {
  readonly rows: FinishedRows;
  /** Traces that could not be assembled or judged. */
  readonly failures: readonly FinishFailure[];
}

export interface FinishFailure {
  readonly project: string;
  readonly traceId: string;
  readonly reason: string;
  /** Its rows are not where they were: the store has them. */
  readonly isUnread: boolean;
}

/** Assembles and judges finished traces beside the thread that answers requests. */
export interface Finisher {
  /** How traces of a project are judged from now on. */
  judge(project: string, judging: ProjectJudging): void;
  /** Rejects when the thread died; the next call starts another. */
  finish(batch: FinishBatch): Promise<FinishAnswer>;
  /** What was sent last may not be stored: texts that traces repeat come again. */
  forget(): void;
  /** Once closed, no trace is judged any more; whatever is asked then says nothing about its traces. */
  readonly isClosed: () => boolean;
  close(): Promise<void>;
}

/** A thread that gives no answer for so long hangs. A batch takes well under a second. */
const HANG_MS = 120_000;

/**
 * @param spawn Starts a thread that runs `worker.ts`.
 * @param hangMs Milliseconds without an answer from which on a thread that has work counts as dead.
 */
export function finisher(spawn: () => Thread, hangMs = HANG_MS): Finisher {
  const judgings = new Map<string, ProjectJudging>();
  let running: Running | null = null;
  let isClosed = false;

  const start = (): Running => {
    const waiting: Waiting[] = [];
    const thread = spawn();
    let timer: NodeJS.Timeout | undefined;
    const died = (reason: unknown): void => {
      clearTimeout(timer);
      if (running?.thread === thread) running = null;
      const error = new Error(`the thread that judges traces died: ${String(reason)}`);
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    const watch = (): void => {
      clearTimeout(timer);
      if (waiting.length === 0) return;
      timer = setTimeout(() => {
        void thread.close();
        died(`no answer for ${hangMs / 1000} s`);
      }, hangMs).unref();
    };
    thread.listen((message) => {
      waiting.shift()?.resolve(message as FinishAnswer);
      watch();
    }, died);
    const ask = (request: FinishRequest): Promise<FinishAnswer> =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (waiting.length === 1) watch();
        thread.post(request);
      });
    tell(ask, { kind: 'forget' });
    for (const [project, judging] of judgings) tell(ask, { kind: 'judging', project, judging });
    return { thread, ask };
  };
  /** A thread that dies is noticed by whoever waits for traces. */
  const tell = (ask: Running['ask'], request: FinishRequest): void => {
    ask(request).catch(() => {});
  };

  return {
    judge(project, judging) {
      judgings.set(project, judging);
      if (running !== null) tell(running.ask, { kind: 'judging', project, judging });
    },
    forget() {
      if (running !== null) tell(running.ask, { kind: 'forget' });
    },
    async finish(batch) {
      if (isClosed) throw new Error('the server is closing');
      running ??= start();
      return running.ask({ kind: 'finish', ...batch });
    },
    isClosed: () => isClosed,
    async close() {
      isClosed = true;
      const open = running;
      running = null;
      await open?.thread.close();
    },
  };
}

interface Running {
  readonly thread: Thread;
  readonly ask: (request: FinishRequest) => Promise<FinishAnswer>;
}

interface Waiting {
  readonly resolve: (answer: FinishAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** The module that a thread of `finisher` runs. */
export function finishWorkerModule(): URL {
  const file = import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js';
  return new URL(`./${file}`, import.meta.url);
}
