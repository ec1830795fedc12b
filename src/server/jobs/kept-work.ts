import type { Progress } from '../../contract/progress.ts';
import type { Job, RunningJob, WorkEnd, WorkState } from '../../store/workspace/workspace.ts';
import type { AnalysisHooks } from '../analysis/analyze-stored.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { isAway, jobError } from './job-error.ts';
import type { ProjectJobs } from './project-jobs.ts';

/** Something to be done once, whose record is kept with where it stands. */
interface Item {
  readonly id: string;
  readonly project: string;
  readonly state: WorkState;
  readonly progress: Job['progress'];
}

/** Does the items of a project one after the other, as jobs, and tells of each by events. */
export interface KeptWork {
  /** Asks for the work that waits in a project. */
  request(project: string): Promise<void>;
  /** False where it has ended, or is not there. */
  cancel(project: string, id: string): Promise<boolean>;
  /** Says where an item stands. */
  tell(project: string, id: string): Promise<void>;
  /** Does what is asked for. */
  work(): Promise<void>;
}

export interface KeptWorkDeps<Kept extends Item, Result> {
  /** Of its jobs, and of its events. */
  readonly kind: 'session' | 'comparison' | 'narrative';
  readonly find: (project: string, id: string) => Promise<Kept | null>;
  /** The one that runs, or that has waited for the longest. */
  readonly next: (project: string) => Promise<Kept | null>;
  /** False where it has ended already. */
  readonly move: (project: string, id: string, to: WorkEnd<Result>) => Promise<boolean>;
  /** The state it is in. */
  readonly setProgress: (
    project: string,
    id: string,
    progress: NonNullable<Job['progress']>,
  ) => Promise<WorkState | null>;
  readonly run: (item: Kept, hooks: AnalysisHooks) => Promise<Result>;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'add' | 'onEvent'>;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks whether an item was cancelled. */
const LOOK = 500;

export function keptWork<Kept extends Item, Result>(deps: KeptWorkDeps<Kept, Result>): KeptWork {
  const { kind, jobs, feed, clock, onError } = deps;

  const tell: KeptWork['tell'] = async (project, id) => {
    const item = await deps.find(project, id);
    if (item === null) return;
    const { state, progress } = item;
    await feed.add(project, kind, { id, state, progress });
  };

  /** Rejects only where it should be done again. */
  const doOne = async (item: Kept, job: RunningJob): Promise<void> => {
    const { project, id } = item;
    const move = async (to: WorkEnd<Result>): Promise<void> => {
      await deps.move(project, id, to);
      await tell(project, id);
    };
    await move({ state: 'running', started: clock() });
    const cancelled = new AbortController();
    let last = 0;
    const progress: Progress = (step, done, total) => {
      const at = clock();
      if (at - last < LOOK) return;
      last = at;
      const told = async (): Promise<void> => {
        const state = await deps.setProgress(project, id, { step, done, total });
        if (state === 'running')
          await feed.add(project, kind, { id, state, progress: { step, done, total } });
      };
      told().catch(onError);
    };
    const look = setInterval(async () => {
      try {
        if ((await deps.find(project, id))?.state !== 'running') cancelled.abort();
      } catch {
        // The end of the work meets the same fault.
      }
    }, LOOK);
    try {
      const signal = AbortSignal.any([job.signal, cancelled.signal]);
      const result = await deps.run(item, { progress, signal });
      await move({ state: 'done', ended: clock(), result });
    } catch (error) {
      if (cancelled.signal.aborted) return;
      if (job.signal.aborted || isAway(error)) throw error;
      await move({ state: 'failed', ended: clock(), error: jobError(error, EXPECTED, onError) });
    } finally {
      clearInterval(look);
    }
  };

  const request: KeptWork['request'] = async (project) => {
    if ((await deps.next(project)) !== null) await jobs.add(kind, project, '');
  };

  const cancel: KeptWork['cancel'] = async (project, id) => {
    const isCancelled = await deps.move(project, id, { state: 'cancelled', ended: clock() });
    if (isCancelled) await tell(project, id);
    return isCancelled;
  };

  /** Whoever cancels a job means the item that it is at; what else waits is left to another job. */
  const afterJob = async (project: string, state: string): Promise<void> => {
    const next = await deps.next(project);
    if (state === 'cancelled' && next?.state === 'running') await cancel(project, next.id);
    await request(project);
  };

  feed.onEvent(({ project, kind: of, data }) => {
    const job = of === 'job' ? (data as { readonly kind: string; readonly state: string }) : null;
    if (job?.kind !== kind || job.state === 'waiting' || job.state === 'running') return;
    afterJob(project, job.state).catch(onError);
  });

  return {
    request,
    cancel,
    tell,
    work: () =>
      jobs.work(kind, async (job) => {
        for (;;) {
          const next = await deps.next(job.project);
          if (next === null) return { result: null, error: null };
          await doOne(next, job);
        }
      }),
  };
}

/** What was asked for cannot be done: no fault. */
const EXPECTED: ReadonlySet<string> = new Set([
  ...['no_traces', 'empty_input', 'invalid_option', 'invalid_input', 'unknown_format'],
]);
