import { CulpritError } from '../../contract/culprit-error.ts';
import type { FunnelStage } from '../../contract/funnel.ts';
import type { ReportData } from '../../contract/report.ts';
import type { Losses } from '../../decide/decide.ts';
import { storedSource, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { StoredAnalysis, Workspace } from '../../store/workspace/workspace.ts';
import type { AnalysisRunner } from './analysis-thread.ts';
import { latestModel, unpacked } from './frozen-models.ts';
import { lossesOf } from './losses.ts';

/** The causes of each project, kept current: one analysis of the last weeks, again on demand and on a schedule. */
export interface Analyses {
  /** The latest; null before the first. */
  latest(project: string): Promise<ReadAnalysis | null>;
  /** The funnel of the latest; [] before the first. Read once. */
  funnel(project: string): Promise<readonly FunnelStage[]>;
  /** Analyzes anew. One runs at a time; calls for a project that is being analyzed or waits get that run. */
  run(project: string): Promise<StoredAnalysis>;
  /** What the failures of an analysis cost; null where the analysis is not kept. */
  losses(project: string, id: string): Promise<Losses | null>;
  readonly isRunning: (project: string) => boolean;
  /** Analyzes projects that finished traces since their last analysis, and assigns failures where that was cut off. */
  runDue(): Promise<void>;
}

interface ReadAnalysis {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly traces: number;
  readonly failed: number;
  readonly report: ReportData;
}

export interface AnalysesDeps {
  readonly store: Pick<TelemetryStore, 'stream' | 'count' | 'losses'>;
  readonly workspace: Workspace;
  /** Traces of the project are judged by a new model from now on. */
  readonly onModel: (project: string) => void;
  /** Judges stored traces by the latest model and assigns failures to their causes. */
  readonly judgeAgain: (project: string) => Promise<void>;
  readonly analyze: AnalysisRunner;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** Causes are those of the last days; of all traces where the last days have none, as after an import. */
const ROLLING_DAYS = 30;
const DAY = 86_400_000;

/** Analyses whose losses are remembered. */
const MOST_COUNTED = 20;

export function analyses(deps: AnalysesDeps): Analyses {
  const { store, workspace, clock } = deps;
  const running = new Map<string, Promise<StoredAnalysis>>();
  const counted = new Map<string, Losses>();
  const funnels = new Map<string, Promise<readonly FunnelStage[]>>();
  let last: Promise<unknown> = Promise.resolve();

  const runOne = async (project: string): Promise<StoredAnalysis> => {
    const at = clock();
    const settings = (await workspace.project(project))?.settings;
    // The end is fixed, so that both passes see the same traces.
    const recent = { project, from: at - ROLLING_DAYS * DAY, to: at + DAY };
    const isOld = (await store.count(recent)) === 0;
    const filter = isOld ? { project, to: at + DAY } : recent;
    const result = await deps.analyze(storedSource(store, filter, project).open, {
      scores: settings?.scores ?? [],
      earlier: (await latestModel(workspace, project))?.model.identities ?? [],
    });
    const analysis: StoredAnalysis = { id: deps.newId(), project, at, ...result };
    await workspace.addAnalysis(analysis);
    funnels.delete(project);
    deps.onModel(project);
    await assign(project, analysis.id);
    return analysis;
  };

  const assign = async (project: string, analysis: string): Promise<void> => {
    await deps.judgeAgain(project);
    await workspace.markAssigned(analysis, clock());
  };

  const run: Analyses['run'] = (project) => {
    let mine = running.get(project);
    if (mine === undefined) {
      mine = last.then(() => runOne(project)).finally(() => running.delete(project));
      running.set(project, mine);
      last = mine.catch(() => {});
    }
    return mine;
  };

  const latest: Analyses['latest'] = async (project) => {
    const found = await workspace.latestAnalysis(project);
    if (found === null) return null;
    const { report, model: _, project: __, ...rest } = found;
    return { ...rest, report: unpacked(report) as ReportData };
  };

  return {
    run,
    isRunning: (project) => running.has(project),
    latest,
    funnel(project) {
      let found = funnels.get(project);
      if (found === undefined) {
        found = latest(project).then((read) => read?.report.analysis.funnel ?? []);
        funnels.set(project, found);
        found.catch(() => funnels.delete(project));
      }
      return found;
    },
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
    async runDue() {
      for (const { id } of await workspace.projects()) {
        const before = await workspace.latestModel(id);
        const from = before === null ? {} : { from: before.at };
        const isDue = (await store.count({ project: id, ...from })) > 0;
        try {
          if (isDue) await run(id);
          // It was cut off.
          else if (before?.assigned === null) await assign(id, before.id);
        } catch (error) {
          // Nothing to judge is no fault.
          if (!isNothing(error)) deps.onError(error);
        }
      }
    },
  };
}

const isNothing = (error: unknown): boolean =>
  error instanceof CulpritError && (error.code === 'no_traces' || error.code === 'empty_input');
