import type { Dimension } from '../../contract/dimension.ts';
import type { Breakdown } from '../../contract/traffic.ts';
import { countedBreakdown } from '../../report/report.ts';
import type { CauseFacet, TelemetryStore, TraceFilter } from '../../store/telemetry/telemetry.ts';
import type { Deploy } from '../../store/workspace/workspace.ts';
import { countedDays } from '../../watch/watch.ts';
import { wentLive } from '../versions/went-live.ts';

/** Where and when stored traces fail by a cause, counted as people have decided, with rates of the traces that could. */
export interface CauseOccurrence {
  readonly failures: number;
  /** Eligible traces. */
  readonly traces: number;
  /** By version and tenant, of those with two values or more. */
  readonly breakdowns: readonly Breakdown[];
  readonly trend: ReturnType<typeof countedDays>;
}

type Store = Pick<TelemetryStore, 'failuresByCause' | 'trafficBy'>;

const BY = ['promptVersion', 'release', 'tenant'] as const satisfies readonly Dimension[];
const DAY = 86_400_000;

/** @param filter with the cause and the rules of what counts for it */
export async function causeOccurrence(
  store: Store,
  filter: TraceFilter,
  deploys: readonly Deploy[],
): Promise<CauseOccurrence> {
  const [days, ...values] = await Promise.all(
    (['day', ...BY] as const).map((facet) => countsOf(store, filter, facet)),
  );
  const breakdowns = BY.flatMap((dimension, at) => {
    const made = countedBreakdown(
      dimension,
      values[at]!.map(({ value, traces, failures, first, last }) => ({
        ...{ value, traces, failures, firstSeen: first, lastSeen: last },
      })),
    );
    return made === null ? [] : [made];
  });
  const counted = days!.map(({ value, traces, failures }) => ({
    ...{ start: Math.floor(Date.parse(value) / DAY) * DAY, traces, failures },
  }));
  return {
    failures: counted.reduce((sum, each) => sum + each.failures, 0),
    traces: counted.reduce((sum, each) => sum + each.traces, 0),
    breakdowns,
    trend: countedDays(
      counted,
      wentLive(deploys, filter, { promptVersion: values[0]!, release: values[1]! }),
    ),
  };
}

interface ValueCounts {
  readonly value: string;
  readonly traces: number;
  readonly failures: number;
  readonly first: number;
  readonly last: number;
}

async function countsOf(
  store: Store,
  filter: TraceFilter,
  facet: CauseFacet,
): Promise<readonly ValueCounts[]> {
  const { cause: _, rules: __, ...all } = filter;
  const [failed, traffic] = await Promise.all([
    store.failuresByCause(filter, facet),
    store.trafficBy(all, facet),
  ]);
  const failures = new Map(failed.map((each) => [each.value, each.failures]));
  return traffic.map(({ value, eligible, first, last }) => ({
    ...{ value, traces: Math.round(eligible), failures: failures.get(value) ?? 0, first, last },
  }));
}
