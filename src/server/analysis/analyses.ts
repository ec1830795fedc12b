import { zstdDecompressSync } from 'node:zlib';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { FileFacts } from '../../contract/file-facts.ts';
import type { ReportData } from '../../contract/report.ts';
import type { Losses } from '../../decide/decide.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { StoredAnalysis, Workspace } from '../../store/workspace/workspace.ts';
import type { AnalysisRunner } from './analysis-thread.ts';
import type { TraceRecords } from './analyze-stored.ts';
import { lossesOf } from './losses.ts';

/** The causes of each project, kept current: one analysis of the last weeks, again on demand and on a schedule. */
export interface Analyses {
  /** The latest; null before the first. */
  latest(project: string): Promise<ReadAnalysis | null>;
  /** Analyzes anew. One runs at a time; calls for a project that is being analyzed or waits get that run. */
  run(project: string): Promise<StoredAnalysis>;
  /** What the failures of an analysis cost; null where the analysis is not kept. */
  losses(project: string, id: string): Promise<Losses | null>;
  readonly isRunning: (project: string) => boolean;
  /** Analyzes projects that finished traces since their last analysis. */
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
  /** Traces of the project are judged by new facts from now on. */
  readonly onFacts: (project: string) => void;
  readonly analyze: AnalysisRunner;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** Causes are those of the last days; of all traces where the last days have none, as after an import. */
const ROLLING_DAYS = 30;
const DAY = 86_400_000;
const BATCH = 100;

/** Analyses whose losses are remembered. */
const MOST_COUNTED = 20;

export function analyses(deps: AnalysesDeps): Analyses {
  const { store, workspace, clock } = deps;
  const running = new Map<string, Promise<StoredAnalysis>>();
  const counted = new Map<string, Losses>();
  let last: Promise<unknown> = Promise.resolve();

  const runOne = async (project: string): Promise<StoredAnalysis> => {
    const at = clock();
    const settings = (await workspace.project(project))?.settings;
    // The end is fixed, so that both passes see the same traces.
    const recent = { project, from: at - ROLLING_DAYS * DAY, to: at + DAY };
    const isOld = (await store.count(recent)) === 0;
    const filter = isOld ? { project, to: at + DAY } : recent;
    const result = await deps.analyze(() => batches(store.stream(filter)), {
      scores: settings?.scores ?? [],
    });
    const analysis: StoredAnalysis = { id: deps.newId(), project, at, ...result };
    await workspace.addAnalysis(analysis);
    deps.onFacts(project);
    return analysis;
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

  return {
    run,
    isRunning: (project) => running.has(project),
    async latest(project) {
      const found = await workspace.latestAnalysis(project);
      if (found === null) return null;
      const { report, facts: _, project: __, ...rest } = found;
      return { ...rest, report: unpacked<ReportData>(report) };
    },
    async losses(project, id) {
      const before = counted.get(`${project} ${id}`);
      if (before !== undefined) return before;
      const found = await workspace.analysisOf(project, id);
      if (found === null) return null;
      const made = await lossesOf(store, project, unpacked<ReportData>(found.report));
      if (counted.size >= MOST_COUNTED) counted.clear();
      counted.set(`${project} ${id}`, made);
      return made;
    },
    async runDue() {
      for (const { id } of await workspace.projects()) {
        const before = await workspace.latestAnalysis(id);
        const from = before === null ? {} : { from: before.at };
        if ((await store.count({ project: id, ...from })) === 0) continue;
        try {
          await run(id);
        } catch (error) {
          // Nothing to judge is no fault.
          if (!(error instanceof CulpritError && error.code === 'no_traces')) deps.onError(error);
        }
      }
    },
  };
}

/** The facts that traces of a project are judged by; null before its first analysis. */
export async function latestFacts(
  workspace: Pick<Workspace, 'latestAnalysis'>,
  project: string,
): Promise<{ readonly id: string; readonly facts: FileFacts } | null> {
  const found = await workspace.latestAnalysis(project);
  return found === null ? null : { id: found.id, facts: unpacked<FileFacts>(found.facts) };
}

const unpacked = <Value>(bytes: Uint8Array): Value =>
  JSON.parse(zstdDecompressSync(bytes).toString()) as Value;

async function* batches(
  traces: AsyncIterable<TraceRecords>,
): AsyncGenerator<readonly TraceRecords[]> {
  let batch: TraceRecords[] = [];
  for await (const trace of traces) {
    batch.push(trace);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
