import type {
  CauseFailures,
  TelemetryStore,
  TraceFilter,
} from '../../store/telemetry/telemetry.ts';

interface ValueCount {
  readonly value: string;
  readonly failures: number;
}

export interface FailuresByCause {
  readonly total: number;
  /** Without gaps, up to the last with a failure. */
  readonly days: string[];
  /** Most failures first; `cause` null for those that belong to none. */
  readonly causes: {
    readonly cause: string | null;
    readonly failures: number;
    readonly byDay: number[];
    readonly byPromptVersion: ValueCount[];
    readonly byTenant: ValueCount[];
  }[];
}

/** Counts of stored failures by cause: in all, by day, by prompt version and by tenant. */
export async function failuresByCause(
  store: Pick<TelemetryStore, 'failuresByCause'>,
  filter: TraceFilter,
): Promise<FailuresByCause> {
  const [byDay, byVersion, byTenant] = await Promise.all(
    (['day', 'promptVersion', 'tenant'] as const).map((facet) =>
      store.failuresByCause(filter, facet),
    ),
  );
  const perDay = byCause(byDay!);
  const perVersion = byCause(byVersion!);
  const perTenant = byCause(byTenant!);
  const days = daysOf(byDay!);
  const causes = [...perDay].map(([cause, counts]) => {
    const onDay = new Map(counts.map(({ value, failures }) => [value, failures]));
    return {
      cause: cause === '' ? null : cause,
      failures: sumOf(counts),
      byDay: days.map((day) => onDay.get(day) ?? 0),
      byPromptVersion: valuesOf(perVersion.get(cause)),
      byTenant: valuesOf(perTenant.get(cause)),
    };
  });
  return {
    total: sumOf(byDay!),
    days,
    causes: causes.sort((a, b) => b.failures - a.failures),
  };
}

const byCause = (counts: readonly CauseFailures[]) => Map.groupBy(counts, ({ cause }) => cause);

const sumOf = (counts: readonly CauseFailures[]): number =>
  counts.reduce((sum, { failures }) => sum + failures, 0);

const MOST_VALUES = 20;

const valuesOf = (counts: readonly CauseFailures[] = []): ValueCount[] =>
  counts.slice(0, MOST_VALUES).map(({ value, failures }) => ({ value, failures }));

const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

/** The days from the first to the last with a failure, the last 90 of them. */
function daysOf(counts: readonly CauseFailures[]): string[] {
  const times = counts.map(({ value }) => Date.parse(value));
  if (times.length === 0) return [];
  const last = times.reduce((a, b) => Math.max(a, b));
  const first = times.reduce((a, b) => Math.min(a, b));
  const span = Math.round((last - first) / DAY_MS) + 1;
  return Array.from({ length: Math.min(span, MOST_DAYS) }, (_, back) =>
    new Date(last - back * DAY_MS).toISOString().slice(0, 10),
  ).reverse();
}
