import { setTimeout as wait } from 'node:timers/promises';
import type {
  Job,
  JobKind,
  JobOutcome,
  JobQueue,
  RunningJob,
} from '../../store/workspace/workspace.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { shownJob } from './shown-job.ts';

/** Jobs, with an event for everything that happens to one. */
export interface ProjectJobs extends Omit<JobQueue, 'stop'> {
  /** The job when it has ended; as it is when nobody waits any more, or after ten minutes. */
  ended(job: Job, signal?: AbortSignal): Promise<Job>;
}

export interface ProjectJobsDeps {
  readonly queue: JobQueue;
  readonly feed: Pick<EventFeed, 'add'>;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds. */
const LOOK = 200;
const LONGEST = 600_000;

/** Milliseconds between two events about the progress of a job. */
const PROGRESS = 1_000;

export function projectJobs({ queue, feed, clock, onError }: ProjectJobsDeps): ProjectJobs {
  const tell = (job: Job | null): Promise<void> =>
    job === null ? Promise.resolve() : feed.add(job.project, 'job', shownJob(job));

  /** The queue settles a job after its work has returned. */
  const tellEnd = async (project: string, id: string): Promise<void> => {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const job = await queue.find(project, id);
      if (job?.state !== 'running') return await tell(job);
      await wait(100);
    }
  };

  const told = (work: (job: RunningJob) => Promise<JobOutcome>) => async (job: RunningJob) => {
    const { project, id } = job;
    let last = 0;
    await tell(await queue.find(project, id));
    try {
      return await work({
        ...job,
        async progress(progress) {
          if (clock() - last < PROGRESS) return;
          last = clock();
          await job.progress(progress);
          await tell(await queue.find(project, id));
        },
      });
    } finally {
      if (!job.signal.aborted) tellEnd(project, id).catch(onError);
    }
  };

  return {
    async add(kind, project, by) {
      const job = await queue.add(kind, project, by);
      if (job.state === 'waiting') await tell(job);
      return job;
    },
    find: (project, id) => queue.find(project, id),
    list: (project, limit, kind) => queue.list(project, limit, kind),
    async cancel(project, id) {
      const isCancelled = await queue.cancel(project, id);
      if (isCancelled) await tell(await queue.find(project, id));
      return isCancelled;
    },
    async ended(job, signal) {
      let last = job;
      for (let waited = 0; waited < LONGEST && !signal?.aborted; waited += LOOK) {
        last = (await queue.find(job.project, job.id)) ?? last;
        if (last.state !== 'waiting' && last.state !== 'running') return last;
        await wait(LOOK);
      }
      return last;
    },
    work: (kind: JobKind, work) => queue.work(kind, told(work)),
  };
}
