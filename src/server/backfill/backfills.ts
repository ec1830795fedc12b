import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type {
  Job,
  RunningJob,
  StoredBackfill,
  Workspace,
} from '../../store/workspace/workspace.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { Finisher } from '../finish/finisher.ts';
import { isAway, jobError } from '../jobs/job-error.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import { judgedByOf, type ProjectRules, packageVersionOf } from '../project-rules.ts';
import { judgeAgain } from './judge-again.ts';
import { isBefore } from './version-order.ts';

/**
 * Keeps all stored traces of a project judged by the same version: after each analysis, which makes a new model, and after
 * an upgrade, a job judges those again that another version judged.
 */
export interface Backfills {
  /** Begins one where any trace was judged by another version. */
  begin(project: string, by: string): Promise<void>;
  /** Begins those that are due: after an upgrade, and where one broke off for good. */
  requestDue(): Promise<void>;
  /** Resolves when none waits or runs in the project; when nobody waits any more, or after ten minutes. */
  ended(project: string, signal?: AbortSignal): Promise<void>;
  /** Null where one version judged all stored traces. */
  mixed(project: string): Promise<MixedVersions | null>;
  /** Whether traces are being judged again because Culprit was upgraded: its detectors may be others. */
  isUpgrading(project: string): Promise<boolean>;
  /** Does what is asked for. */
  work(): Promise<void>;
}

/** Stored verdicts that cannot be compared with the others. */
interface MixedVersions {
  /** Traces that another version judged. */
  readonly older: number;
  /** All that are stored. */
  readonly traces: number;
  /** They are being judged again. */
  readonly isRunning: boolean;
}

export interface BackfillsDeps {
  readonly store: Pick<
    TelemetryStore,
    'count' | 'judgedByOthers' | 'verdicts' | 'shares' | 'insert'
  >;
  readonly workspace: Pick<Workspace, 'backfills' | 'projects' | 'latestSummary'>;
  readonly projects: Pick<ProjectRules, 'of'>;
  readonly finisher: Pick<Finisher, 'finish'>;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'onEvent'>;
  /** Version of the package. */
  readonly version: string;
  /** Whether traces that arrive wait longer than they should. */
  readonly isBusy: () => boolean;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Every trace of the project was judged again. */
  readonly onEnd: (project: string) => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

const SCHEDULE = 'schedule';
/** Milliseconds. */
const SECOND = 1_000;
/** From a backfill that failed to the next. */
const RETRY = 10 * 60_000;
/** Between two looks whether what arrives still waits, and how long it may hold up a batch: a backfill comes to an end. */
const LOOK = 250;
const LONGEST_PAUSE = 10_000;
/** Traces that could not be judged, of which the log tells. */
const MOST_TOLD = 10;
/** No fault of a backfill is expected. */
const NONE: ReadonlySet<string> = new Set();
/** A pass judges what was finished by another version during the one before. */
const MOST_PASSES = 5;

export function backfills(deps: BackfillsDeps): Backfills {
  const { store, workspace, projects, jobs, clock, onError } = deps;
  const records = workspace.backfills;

  const counted = async (project: string, judgedBy: string) => {
    const [traces, older] = await Promise.all([
      store.count({ project }),
      store.judgedByOthers(project, judgedBy),
    ]);
    return { judgedBy, traces, older };
  };

  const keep = async (
    project: string,
    counts: Pick<StoredBackfill, 'judgedBy' | 'traces' | 'older'>,
    hasEnded: boolean,
  ): Promise<void> => {
    const before = await records.latest(project);
    // What was not judged again to the end is still of what was before.
    const isNext = before?.judgedBy !== counts.judgedBy && before?.older === 0;
    const replaces = isNext ? before.judgedBy : (before?.replaces ?? '');
    await records.keep(project, { ...counts, replaces, ended: hasEnded ? clock() : null });
  };

  const begin: Backfills['begin'] = async (project, by) => {
    const { judgedBy } = await projects.of(project);
    const counts = await counted(project, judgedBy);
    await keep(project, counts, counts.older === 0);
    if (counts.older > 0) await jobs.add('backfill', project, by);
  };

  const turnOf = (signal: AbortSignal) => async (): Promise<void> => {
    for (let waited = 0; waited < LONGEST_PAUSE && deps.isBusy(); waited += LOOK) {
      signal.throwIfAborted();
      await deps.pause(LOOK);
    }
    signal.throwIfAborted();
  };

  const run = async ({ project, signal, progress }: RunningJob): Promise<void> => {
    let failures = 0;
    let isStuck = false;
    for (let pass = 0; ; pass++) {
      const { judgedBy } = await projects.of(project);
      const counts = await counted(project, judgedBy);
      const isEnd = counts.older === 0 || isStuck || pass === MOST_PASSES;
      await keep(project, counts, isEnd);
      if (isEnd) break;
      let told = Number.NEGATIVE_INFINITY;
      const judged = await judgeAgain(project, judgedBy, {
        ...{ store, finisher: deps.finisher, turn: turnOf(signal) },
        async onJudged(count) {
          if (clock() - told < SECOND) return;
          told = clock();
          const older = Math.max(0, counts.older - count);
          await records.advance(project, { judgedBy, older });
          await progress({ step: 'judge', done: count, total: counts.older });
        },
        onFailure(failure) {
          if (failures++ < MOST_TOLD) onError(new Error(failure));
        },
      });
      isStuck = judged === 0;
    }
    await deps.onEnd(project);
  };

  const isDue = async (project: string): Promise<boolean> => {
    const record = await records.latest(project);
    // Most projects have nothing to do: their models need not be read.
    const summary = await workspace.latestSummary(project);
    const hasEnded = record !== null && record.ended !== null;
    if (hasEnded && record.judgedBy === judgedByOf(deps.version, summary)) return false;
    const { judgedBy } = await projects.of(project);
    if (hasEnded && record.judgedBy === judgedBy) return false;
    // A replica that was not upgraded yet leaves the traces as they are.
    const before = record === null ? null : packageVersionOf(record.judgedBy);
    if (before !== null && isBefore(packageVersionOf(judgedBy), before)) return false;
    const [last] = await jobs.list(project, 1, 'backfill');
    if (last?.state === 'waiting' || last?.state === 'running') return false;
    return last?.state !== 'failed' || clock() >= (last.ended ?? 0) + RETRY;
  };

  deps.feed.onEvent(({ project, kind, data }) => {
    if (kind !== 'job') return;
    const job = data as Pick<Job, 'kind' | 'state'>;
    if (job.kind === 'backfill' && job.state === 'cancelled')
      records.stop(project, clock()).catch(onError);
  });

  return {
    begin,
    async requestDue() {
      for (const { id } of await workspace.projects())
        if (await isDue(id)) await begin(id, SCHEDULE);
    },
    async ended(project, signal) {
      const [last] = await jobs.list(project, 1, 'backfill');
      if (last !== undefined) await jobs.ended(last, signal);
    },
    async isUpgrading(project) {
      const record = await records.latest(project);
      if (record === null || record.ended !== null) return false;
      return packageVersionOf(record.replaces) !== packageVersionOf(record.judgedBy);
    },
    async mixed(project) {
      const record = await records.latest(project);
      if (record === null || record.older === 0) return null;
      const { older, traces, ended } = record;
      return { older, traces, isRunning: ended === null };
    },
    work: () =>
      jobs.work('backfill', async (job) => {
        try {
          await run(job);
          return { result: null, error: null };
        } catch (error) {
          // It was cancelled, or goes on in another process.
          if (job.signal.aborted || isAway(error)) throw error;
          return { result: null, error: jobError(error, NONE, onError) };
        }
      }),
  };
}
