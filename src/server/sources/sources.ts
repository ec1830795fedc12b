import type { TelemetryStore, TraceSource } from '../../store/telemetry/telemetry.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import type { SourceState } from './source-state.ts';
import { type SourceView, sourceView } from './source-view.ts';

/** Where the traces of each project come from. What the store answered is kept for 10 seconds, and for longer where it took long to answer. */
export interface Sources {
  of(project: string): Promise<readonly SourceView[]>;
  /** Sources of all projects by state. */
  counts(): Promise<Readonly<Record<SourceState, number>>>;
}

export interface SourcesDeps {
  readonly store: Pick<TelemetryStore, 'sources'>;
  readonly workspace: Pick<Workspace, 'projects'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const FRESH = 10_000;
/** At most a twentieth of the time goes into answers. */
const SHARE = 20;

export function sources({ store, workspace, clock }: SourcesDeps): Sources {
  const known = new Map<string, { until: number; readonly found: Promise<Found> }>();

  const found = (project: string): Promise<Found> => {
    const now = clock();
    const before = known.get(project);
    if (before !== undefined && now < before.until) return before.found;
    const asked = { until: Number.POSITIVE_INFINITY, found: store.sources(project, now) };
    known.set(project, asked);
    asked.found.then(
      () => {
        const took = clock() - now;
        asked.until = now + Math.max(FRESH, SHARE * took);
      },
      // What failed is asked again.
      () => known.delete(project),
    );
    return asked.found;
  };
  const of = async (project: string): Promise<readonly SourceView[]> =>
    (await found(project)).map((source) => sourceView(source, clock()));

  return {
    of,
    async counts() {
      const counts: Record<SourceState, number> = { receiving: 0, stopped: 0, no_data: 0 };
      for (const { id } of await workspace.projects())
        for (const { state } of await of(id)) counts[state]++;
      return counts;
    },
  };
}

type Found = readonly TraceSource[];
