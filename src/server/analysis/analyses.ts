import type { FunnelStage } from '../../contract/funnel.ts';
import type { Progress } from '../../contract/progress.ts';
import type { ReportData } from '../../contract/report.ts';
import { storedSource, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type {
  Job,
  JobError,
  RunningJob,
  StoredAnalysis,
  StoredModel,
  Workspace,
} from '../../store/workspace/workspace.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { isAway, jobError } from '../jobs/job-error.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import type { AnalysisRunner } from './analysis-thread.ts';
import type { AnalysisHooks } from './analyze-stored.ts';
import { latestModel, unpacked } from './frozen-models.ts';
import { knownCauses } from './known-causes.ts';
import { lossesOf, type StoredLosses } from './losses.ts';
import { rollingWindow, windowFilter } from './rolling-window.ts';

/** The causes of each project, kept current: one analysis of the last weeks, again on demand and every hour. */
export interface Analyses {
  /** The latest; null before the first. */
  latest(project: string): Promise<ReadAnalysis | null>;
  /** The funnel of the latest; [] before the first. Read once. */
  funnel(project: string): Promise<readonly FunnelStage[]>;
  /**
   * By trace id the cause of each failure that the latest looked at and put into a cause without a condition: no condition
   * assigns it. Read once.
   */
  members(project: string): Promise<ReadonlyMap<string, string>>;
  /** Asks for a new analysis, or joins the one that waits or runs. */
  request(project: string, by: string): Promise<Job>;
  standing(project: string): Promise<Standing>;
  /** What the failures of an analysis cost, and their scores; null where the analysis is not kept. */
  losses(project: string, id: string): Promise<StoredLosses | null>;
  /**
   * Asks for an analysis of each project that finished traces since its last one and has asked for none within the last
   * hour, however long no process ran; and where the program cannot read the model of the last one. One that failed is tried
   * again after a minute, then after four, and so on.
   */
  requestDue(): Promise<void>;
  /** There is a new one, made by this or another process. */
  readonly forget: (project: string) => void;
  /** Does what is asked for. */
  work(): Promise<void>;
}

/** What becomes of the next analysis. */
interface Standing {
  readonly isRunning: boolean;
  /** Why the last one that ended has no result; null where it has one. Kept for as long as jobs are. */
  readonly failure: AnalysisFailure | null;
}

interface AnalysisFailure extends JobError {
  /** Epoch milliseconds. */
  readonly at: number;
}

interface ReadAnalysis {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** See `RollingWindow`. */
  readonly from: number | null;
  readonly traces: number;
  readonly failed: number;
  readonly report: ReportData;
}

export interface AnalysesDeps {
  readonly store: Pick<TelemetryStore, 'stream' | 'count' | 'funnel' | 'losses' | 'trafficBy'>;
  readonly workspace: Workspace;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'add'>;
  /** Milliseconds between two analyses of a project that nobody asked for. */
  readonly pause: number;
  /** Traces of the project are judged by a new model from now on. */
  readonly onModel: (project: string) => void;
  /** Stored traces are to be judged by the new model. */
  readonly onAnalysis: (project: string) => Promise<void>;
  readonly analyze: AnalysisRunner;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds from a failed analysis to the next; four times as long after each more. */
const FIRST_RETRY = 60_000;

/** Milliseconds from the end of an analysis to one that is due early since the traces have doubled. */
const DOUBLED = 60_000;

/** Who asks for what is due. */
const SCHEDULE = 'schedule';

/** Analyses whose losses are remembered. */
const MOST_COUNTED = 20;

export function analyses(deps: AnalysesDeps): Analyses {
  const { store, workspace, jobs, clock } = deps;
  const counted = new Map<string, StoredLosses>();
  const funnels = new Map<string, Promise<readonly FunnelStage[]>>();
  const unconditional = new Map<string, Promise<ReadonlyMap<string, string>>>();
  /** By project the analysis whose model was read. */
  const readable = new Map<string, string>();

  /** Made once for each project, until there is a new analysis. */
  const once = <Made>(
    kept: Map<string, Promise<Made>>,
    project: string,
    make: () => Promise<Made>,
  ): Promise<Made> => {
    const known = kept.get(project);
    if (known !== undefined) return known;
    const made = make();
    kept.set(project, made);
    made.catch(() => kept.delete(project));
    return made;
  };
  const forget = (project: string): void => {
    funnels.delete(project);
    unconditional.delete(project);
  };

  const latest: Analyses['latest'] = async (project) => {
    const found = await workspace.latestAnalysis(project);
    if (found === null) return null;
    const { report, model: _, project: __, stored: ___, ...rest } = found;
    return { ...rest, report: unpacked(report) as ReportData };
  };

  const analyze = async (project: string, hooks: AnalysisHooks): Promise<StoredAnalysis> => {
    const window = await rollingWindow(store, project, clock());
    const stored = await store.count({ project });
    const settings = (await workspace.project(project))?.settings;
    const wanted = windowFilter(project, window);
    const decisions = await workspace.decisions(project);
    const tenants = await store.trafficBy(wanted, 'tenant');
    const request = {
      ...(tenants.some(({ value }) => value !== '') && { byTenant: decisions }),
      ...{ names: ['the stored traces'], compare: null },
      options: { scores: settings?.scores ?? [] },
      known: knownCauses((await latestModel(workspace, project))?.model ?? null, decisions),
    };
    const { diff: _, ...result } = await deps.analyze(
      storedSource(store, wanted, project).open,
      request,
      hooks,
    );
    const analysis: StoredAnalysis = { id: deps.newId(), project, stored, ...window, ...result };
    await workspace.addAnalysis(analysis);
    forget(project);
    deps.onModel(project);
    const { id, at, traces, failed } = analysis;
    await deps.feed.add(project, 'analysis', {
      id,
      at: new Date(at).toISOString(),
      traces,
      failed,
    });
    return analysis;
  };

  /** Whether traces came since, also such that are older than the last analysis. */
  const hasNews = async (project: string, model: StoredModel | null): Promise<boolean> =>
    (await store.count({ project })) > (model?.stored ?? 0) ||
    (model !== null && (await store.count({ project, from: Math.min(model.at, clock()) })) > 0);

  /** Whether the last analysis saw less than half of what is stored by now, as while a history is imported. */
  const hasDoubled = async (
    project: string,
    model: StoredModel | null,
    [last]: readonly Job[],
  ): Promise<boolean> =>
    model !== null &&
    last?.state === 'done' &&
    clock() >= (last.ended ?? last.created) + DOUBLED &&
    (await store.count({ project })) >= 2 * model.stored;

  /** A model that this program cannot read judges no trace. */
  const isReadable = async (project: string, { id }: StoredModel): Promise<boolean> => {
    if (readable.get(project) === id) return true;
    const isRead = (await latestModel(workspace, project)) !== null;
    if (isRead) readable.set(project, id);
    return isRead;
  };

  const analyzed = async (job: RunningJob): Promise<string> => {
    const progress: Progress = (step, done, total) => {
      job.progress({ step, done, total }).catch(deps.onError);
    };
    const { id } = await analyze(job.project, { signal: job.signal, progress });
    await deps.onAnalysis(job.project);
    return id;
  };

  /** From when on the next analysis is due, after those that were asked for so far, newest first. */
  const dueFrom = (before: readonly Job[]): number => {
    const [last] = before;
    if (last === undefined) return 0;
    const good = before.findIndex((job) => !isFault(job));
    const faults = good < 0 ? before.length : good;
    return faults === 0
      ? last.created + deps.pause
      : (last.ended ?? last.created) + Math.min(deps.pause, FIRST_RETRY * 4 ** (faults - 1));
  };

  /** Analyses that were asked for, newest first. */
  const asked = (project: string): Promise<readonly Job[]> => jobs.list(project, 100, 'analysis');

  const isDue = async (project: string): Promise<boolean> => {
    const before = await asked(project);
    const model = await workspace.latestModel(project);
    if (clock() < dueFrom(before)) return hasDoubled(project, model, before);
    if (await hasNews(project, model)) return true;
    return model !== null && !(await isReadable(project, model));
  };

  return {
    request: (project, by) => jobs.add('analysis', project, by),
    standing: async (project) => standingOf(await asked(project)),
    latest,
    funnel: (project) =>
      once(funnels, project, async () => (await latest(project))?.report.analysis.funnel ?? []),
    members: (project) =>
      once(unconditional, project, async () => {
        const model = (await latestModel(workspace, project))?.model;
        const ids = new Set(
          model?.causes.flatMap(({ id, condition }) => (condition === null ? [id] : [])),
        );
        const own = model?.identities.filter(({ id }) => ids.has(id)) ?? [];
        return new Map(own.flatMap(({ id, members }) => members.map((trace) => [trace, id])));
      }),
    async losses(project, id) {
      const before = counted.get(`${project} ${id}`);
      if (before !== undefined) return before;
      const found = await workspace.analysisOf(project, id);
      if (found === null) return null;
      const made = await lossesOf(store, project, unpacked(found.report) as ReportData);
      if (counted.size >= MOST_COUNTED) counted.clear();
      counted.set(`${project} ${id}`, made);
      return made;
    },
    forget,
    async requestDue() {
      for (const { id } of await workspace.projects())
        if (await isDue(id)) await jobs.add('analysis', id, SCHEDULE);
    },
    work: () =>
      jobs.work('analysis', async (job) => {
        try {
          return { result: { analysis: await analyzed(job) }, error: null };
        } catch (error) {
          // It was cancelled, or others do it again.
          if (job.signal.aborted || isAway(error)) throw error;
          return { result: null, error: jobError(error, NOTHING, deps.onError) };
        }
      }),
  };
}

function standingOf(asked: readonly Job[]): Standing {
  const last = asked.find(({ state }) => state === 'done' || state === 'failed');
  const { error = null, ended = null, created = 0 } = last ?? {};
  return {
    isRunning: asked.some(({ state }) => state === 'waiting' || state === 'running'),
    failure: error === null ? null : { ...error, at: ended ?? created },
  };
}

/** Nothing to judge is none. */
const isFault = ({ state, error }: Job): boolean =>
  state === 'failed' && !NOTHING.has(error?.code ?? '');

const NOTHING: ReadonlySet<string> = new Set(['no_traces', 'empty_input']);
