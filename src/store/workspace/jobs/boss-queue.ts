import { setTimeout as wait } from 'node:timers/promises';
import { CulpritError } from '../../../contract/culprit-error.ts';
import type { Json } from '../../../contract/json.ts';
import type { GuardedDatabase } from '../guarded-database.ts';
import { eq, type JobWithMetadata, PgBoss, type Pool } from '../packages.ts';
import { jobProgress } from '../schema.ts';
import {
  JOB_KINDS,
  type Job,
  type JobKind,
  type JobOutcome,
  type JobProgress,
  type JobQueue,
  type JobState,
} from './job-queue.ts';

export interface BossDeps {
  readonly pool: Pool;
  readonly database: GuardedDatabase;
  readonly isEmbedded: boolean;
}

/** What is sent with a job. */
interface Sent {
  readonly by: string;
}

const DAY = 86_400;

/** One of them at a time in a project; `exclusive` holds for all processes at the database. */
const QUEUE = {
  policy: 'exclusive',
  // A process that dies says nothing any more; another one then takes its job.
  heartbeatSeconds: 15,
  expireInSeconds: DAY,
  retryLimit: 5,
  // A store that is away may be back then.
  retryDelay: 2,
  retryBackoff: true,
  deleteAfterSeconds: 7 * DAY,
} as const;

/** Seconds between two looks whether a running job was cancelled. */
const LOOK = 2;

/** Jobs in PostgreSQL, by pg-boss. */
export async function bossQueue({ pool, database, isEmbedded }: BossDeps): Promise<JobQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    backend: isEmbedded ? 'pglite' : 'postgres',
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // A database that is away is noticed by whoever asks it next.
  boss.on('error', () => {});
  await boss.start();
  for (const kind of JOB_KINDS) await boss.createQueue(kind, QUEUE);
  const workers = new Map<JobKind, string>();

  const jobsIn = async (kind: JobKind, project: string): Promise<JobWithMetadata<Sent>[]> =>
    boss.findJobs<Sent>(kind, { key: project, limit: 100_000 });

  const shown = async (kind: JobKind, job: JobWithMetadata<Sent>): Promise<Job> =>
    jobOf(kind, job, job.state === 'active' ? await progressOf(job.id) : null);

  const progressOf = async (id: string): Promise<JobProgress | null> => {
    const [row] = await database.run((db) =>
      db.select().from(jobProgress).where(eq(jobProgress.job, id)),
    );
    return row?.progress ?? null;
  };

  const found = async (project: string, id: string) => {
    if (!UUID.test(id)) return null;
    for (const kind of JOB_KINDS) {
      const [job] = await boss.findJobs<Sent>(kind, { id });
      if (job?.singletonKey === project) return { kind, job };
    }
    return null;
  };

  const setProgress = (job: string, progress: JobProgress): Promise<unknown> =>
    database.run((db) =>
      db
        .insert(jobProgress)
        .values({ job, progress })
        .onConflictDoUpdate({ target: jobProgress.job, set: { progress } }),
    );

  return {
    async add(kind, project, by) {
      // Between both steps the job that was in the way may have ended.
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const id = await boss.send(kind, { by }, { singletonKey: project });
        const all = await jobsIn(kind, project);
        const job = all.find((each) => (id === null ? isOpen(each) : each.id === id));
        const worker = workers.get(kind);
        if (worker !== undefined) boss.notifyWorker(worker);
        if (job !== undefined) return await shown(kind, job);
        await wait(50);
      }
      throw new CulpritError(
        'store_unavailable',
        `a job cannot be added to the project ${project}`,
      );
    },
    async find(project, id) {
      const job = await found(project, id);
      return job === null ? null : await shown(job.kind, job.job);
    },
    async list(project, limit, only) {
      const jobs = await Promise.all(
        JOB_KINDS.filter((kind) => (only ?? kind) === kind).map(async (kind) =>
          (await jobsIn(kind, project)).map((job) => ({ kind, job })),
        ),
      );
      const newest = jobs
        .flat()
        .toSorted((a, b) => b.job.createdOn.getTime() - a.job.createdOn.getTime())
        .slice(0, limit);
      return await Promise.all(newest.map(({ kind, job }) => shown(kind, job)));
    },
    async cancel(project, id) {
      const job = await found(project, id);
      if (job === null || !isOpen(job.job)) return false;
      await boss.cancel(job.kind, id);
      return true;
    },
    async work(kind, work) {
      const worker = await boss.work<Sent, JobOutcome>(
        kind,
        { pollingIntervalSeconds: LOOK, heartbeatRefreshSeconds: LOOK, includeMetadata: true },
        async ([job]) => {
          const { id, data, signal, singletonKey } = job as JobWithMetadata<Sent>;
          const outcome = await work({
            ...{ id, signal, by: data.by, project: singletonKey ?? '' },
            progress: async (progress) => {
              await setProgress(id, progress);
            },
          });
          await database.run((db) => db.delete(jobProgress).where(eq(jobProgress.job, id)));
          return outcome;
        },
      );
      workers.set(kind, worker);
    },
    async stop() {
      await boss.stop({ graceful: false, close: false });
    },
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isOpen = ({ state }: JobWithMetadata<Sent>): boolean =>
  state === 'created' || state === 'retry' || state === 'active';

function jobOf(kind: JobKind, job: JobWithMetadata<Sent>, progress: JobProgress | null): Job {
  const output = job.output as Partial<JobOutcome> | null;
  const error = output?.error ?? null;
  const isDone = job.state === 'completed';
  return {
    ...{ id: job.id, kind, project: job.singletonKey ?? '', by: job.data.by },
    state: isDone && error !== null ? 'failed' : STATES[job.state],
    created: job.createdOn.getTime(),
    started: job.startedOn?.getTime() ?? null,
    ended: job.completedOn?.getTime() ?? null,
    progress,
    result: isDone ? ((output?.result ?? null) as Json) : null,
    error: isDone ? error : job.state === 'failed' ? GIVEN_UP : null,
  };
}

const GIVEN_UP = { code: 'given_up', message: 'the process that did it ended, again and again' };

const STATES: Readonly<Record<JobWithMetadata['state'], JobState>> = {
  created: 'waiting',
  retry: 'waiting',
  active: 'running',
  completed: 'done',
  cancelled: 'cancelled',
  failed: 'failed',
};
