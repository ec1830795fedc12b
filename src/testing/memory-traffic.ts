import type {
  CauseFacet,
  TraceFacet,
  TraceRow,
  TrafficCount,
  ValueCount,
} from '../store/telemetry/telemetry.ts';

/** The value of a row that traces are counted by. */
export const facetOf = (row: TraceRow, facet: CauseFacet): string =>
  facet === 'day' ? new Date(row.anchor).toISOString().slice(0, 10) : row[facet];

/** How many traces of the traffic these stand for. */
export const weightOf = (rows: readonly Pick<TraceRow, 'weight'>[]): number =>
  rows.reduce((sum, { weight }) => sum + weight, 0);

/** The traffic that these rows stand for. */
export function trafficOf(rows: readonly TraceRow[]): TrafficCount {
  const eligible = rows.filter((row) => row.eligible);
  const failed = eligible.filter((row) => row.failed);
  return { traces: weightOf(rows), eligible: weightOf(eligible), failed: weightOf(failed) };
}

/** How many of these rows have each value. */
export function valueCountsOf(all: readonly TraceRow[]): readonly ValueCount[] {
  const pairs = all.flatMap((row) =>
    [
      ...FACETS.map((of) => ({ of, value: row[of] as string })),
      ...row.signals.map((value) => ({ of: 'signal' as const, value })),
      ...Object.keys(row.scores).map((value) => ({ of: 'score' as const, value })),
    ].map((pair) => ({ ...pair, failed: row.failed, weight: row.weight })),
  );
  const groups = Map.groupBy(
    pairs.filter(({ value }) => value !== ''),
    ({ of, value }) => JSON.stringify([of, value]),
  );
  return [...groups.values()].map((rows) => ({
    ...{ of: rows[0]!.of, value: rows[0]!.value, traces: weightOf(rows) },
    failed: weightOf(rows.filter(({ failed }) => failed)),
  }));
}

const FACETS: readonly TraceFacet[] = [
  ...(['promptVersion', 'tenant', 'release', 'model', 'environment', 'source', 'status'] as const),
];
