import type { Diff } from '../../contract/diff.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { ReportData } from '../../contract/report.ts';
import { notEmpty } from '../../platform/not-empty.ts';
import {
  storedSource,
  type TelemetryStore,
  type TraceFilter,
} from '../../store/telemetry/telemetry.ts';
import type {
  ComparisonResult,
  StoredComparison,
  Workspace,
} from '../../store/workspace/workspace.ts';
import type { AnalysisRunner } from '../analysis/analysis-thread.ts';
import { latestModel, packed, unpacked } from '../analysis/frozen-models.ts';
import { knownCauses } from '../analysis/known-causes.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { type KeptWork, keptWork } from '../jobs/kept-work.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import { type ChangedDefinition, changedDefinitions } from './changed-definitions.ts';
import { type ComparisonSides, sideFilters, sideName } from './sides.ts';

/** Comparisons of stored traces, as `culprit diff` makes them of files; each is made once, and kept. */
export interface Comparisons extends Pick<KeptWork, 'request' | 'cancel' | 'work'> {
  /** @param id of a comparison that is made once, whoever asks for it. Default: a new one. */
  create(
    project: string,
    by: string,
    sides: ComparisonSides,
    id?: string,
  ): Promise<StoredComparison>;
  /** Null unless it is done. */
  result(project: string, id: string): Promise<Compared | null>;
}

/** What a comparison has found. */
export interface Compared {
  readonly diff: Diff;
  readonly report: ReportData;
  readonly definitions: readonly ChangedDefinition[];
}

export interface ComparisonsDeps {
  readonly store: Pick<TelemetryStore, 'stream' | 'trafficBy' | 'definitionsSeen'>;
  readonly workspace: Workspace;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'add' | 'onEvent'>;
  readonly analyze: AnalysisRunner;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

export function comparisons(deps: ComparisonsDeps): Comparisons {
  const { store, workspace, clock } = deps;

  const kept = keptWork<StoredComparison, ComparisonResult>({
    kind: 'comparison',
    find: (project, id) => workspace.comparison(project, id),
    next: (project) => workspace.nextComparison(project),
    move: (project, id, to) => workspace.moveComparison(project, id, to),
    setProgress: (project, id, progress) => workspace.setComparisonProgress(project, id, progress),
    async run({ project, sides: given, created }, hooks) {
      const sides = given as ComparisonSides;
      // The end is fixed, so that both passes see the same traces.
      const filters = sideFilters(project, sides, created);
      const isTime = sides.by === 'time';
      const names = [sideName(sides, sides.from), sideName(sides, sides.to)] as const;
      const tracesOf = (filter: TraceFilter) => storedSource(store, filter, '').open();
      async function* both(): AsyncGenerator<Uint8Array> {
        for (const filter of filters) yield* tracesOf(filter);
      }
      const open = (input: number) =>
        isTime
          ? notEmpty(tracesOf(filters[input]!), noTraces(sides, names[input]!))
          : notEmpty(both(), noTraces(sides, `${names[0]} or ${names[1]}`));
      const settings = (await workspace.project(project))?.settings;
      const { diff, report: bytes } = await deps.analyze(
        open,
        {
          names: isTime ? names : [`${project}-traces.jsonl`],
          options: { scores: settings?.scores ?? [] },
          // Causes have the ids that they have elsewhere.
          known: knownCauses(
            (await latestModel(workspace, project))?.model ?? null,
            await workspace.decisions(project),
          ),
          compare: isTime ? { kind: 'times' } : { kind: 'values', ...valuesOf(sides) },
        },
        hooks,
      );
      const found = diff as Diff;
      const definitions = await changedDefinitions(store, filters, found);
      const report = unpacked(bytes) as ReportData;
      return {
        headline: found.headline,
        report: packed({ diff: found, report, definitions } satisfies Compared),
      };
    },
    ...{ jobs: deps.jobs, feed: deps.feed, clock, onError: deps.onError },
  });

  return {
    ...{ request: kept.request, cancel: kept.cancel, work: kept.work },
    async create(project, by, sides, id = deps.newId()) {
      const comparison: StoredComparison = {
        ...{ id, project, created: clock(), by },
        sides: JSON.parse(JSON.stringify(sides)) as JsonObject,
        ...{ state: 'waiting', progress: null, started: null, ended: null },
        ...{ headline: null, error: null },
      };
      const isNew = await workspace.addComparison(comparison);
      if (isNew) await kept.tell(project, id);
      await kept.request(project);
      return isNew ? comparison : ((await workspace.comparison(project, id)) ?? comparison);
    },
    async result(project, id) {
      const found = await workspace.comparisonReport(project, id);
      return found === null ? null : (unpacked(found) as Compared);
    },
  };
}

const valuesOf = ({ by, from, to }: ComparisonSides) => ({ by, from, to });

/** @param side what the traces would be of. */
function noTraces({ environment, tenant, promptName }: ComparisonSides, side: string): string {
  const others = Object.entries({ environment, tenant, prompt: promptName })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `, ${name} ${value}`);
  return `no trace of ${side}${others.join('')} is stored`;
}
