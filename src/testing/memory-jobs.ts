import type { Job, JobOutcome, JobQueue, RunningJob } from '../store/workspace/workspace.ts';

/** Jobs in memory, one at a time of each kind and project. */
export function memoryJobs(clock: () => number): JobQueue {
  const jobs: Job[] = [];
  const aborts = new Map<string, AbortController>();
  const workers = new Map<Job['kind'], (job: RunningJob) => Promise<JobOutcome>>();
  let last: Promise<unknown> = Promise.resolve();

  const find = (id: string): Job | undefined => jobs.find((job) => job.id === id);
  const change = (id: string, fields: Partial<Job>): void => {
    const at = jobs.findIndex((job) => job.id === id);
    if (at >= 0) jobs[at] = { ...(jobs[at] as Job), ...fields };
  };
  const isOpen = ({ state }: Job): boolean => state === 'waiting' || state === 'running';

  const run = async (id: string): Promise<void> => {
    const job = find(id);
    const doJob = job === undefined ? undefined : workers.get(job.kind);
    if (job?.state !== 'waiting' || doJob === undefined) return;
    change(id, { state: 'running', started: clock() });
    const abort = new AbortController();
    aborts.set(id, abort);
    const { project, by } = job;
    const progress: RunningJob['progress'] = async (told) => change(id, { progress: told });
    const outcome = await doJob({ id, project, by, progress, signal: abort.signal }).catch(
      () => null,
    );
    if (outcome === null || find(id)?.state !== 'running') return;
    const state = outcome.error === null ? 'done' : 'failed';
    change(id, { ...outcome, state, ended: clock(), progress: null });
  };

  return {
    async add(kind, project, by) {
      const open = jobs.find((job) => job.project === project && job.kind === kind && isOpen(job));
      if (open !== undefined) return open;
      const id = `job ${jobs.length + 1}`;
      const times = { created: clock(), started: null, ended: null };
      const job: Job = {
        ...{ id, kind, project, by, state: 'waiting' },
        ...{ ...times, progress: null, result: null, error: null },
      };
      jobs.push(job);
      last = last.then(() => run(id));
      return job;
    },
    find: async (project, id) =>
      jobs.find((job) => job.project === project && job.id === id) ?? null,
    list: async (project, limit, kind) =>
      jobs
        .filter((job) => job.project === project && (kind ?? job.kind) === job.kind)
        .toReversed()
        .slice(0, limit),
    async cancel(project, id) {
      const job = find(id);
      if (job?.project !== project || !isOpen(job)) return false;
      change(id, { state: 'cancelled', ended: clock(), progress: null });
      aborts.get(id)?.abort();
      return true;
    },
    async work(kind, work) {
      workers.set(kind, work);
    },
    async stop() {
      for (const abort of aborts.values()) abort.abort();
      await last;
    },
  };
}
