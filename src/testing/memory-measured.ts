import type { MeasureQuery, QueryGroup, QueryMeasure, QueryRow } from '../contract/trace-query.ts';
import type { TraceRow } from '../store/telemetry/telemetry.ts';
import { facetOf, weightOf } from './memory-traffic.ts';

/** Counts and measures of rows by groups, in the simplest way. */
export function measuredOf(
  rows: readonly TraceRow[],
  { groupBy, measures, orderBy, limit }: MeasureQuery,
  causeOf: (row: TraceRow) => string,
): readonly QueryRow[] {
  const valuesOf = (row: TraceRow, group: QueryGroup): readonly string[] => {
    if (group === 'cause') return [row.failed ? causeOf(row) : ''];
    return group === 'signal' ? row.signals : [facetOf(row, group)];
  };
  const placed = rows.flatMap((row) =>
    groupBy
      .reduce<readonly (readonly string[])[]>(
        (groups, name) =>
          groups.flatMap((group) => valuesOf(row, name).map((value) => [...group, value])),
        [[]],
      )
      .map((group) => ({ group, row })),
  );
  const groups = Map.groupBy(placed, ({ group }) => JSON.stringify(group));
  const by = orderBy ?? measures[0]!;
  return [...groups.values()]
    .map((members) => ({ group: members[0]!.group, rows: members.map(({ row }) => row) }))
    .sort((a, b) => {
      const place = (groupBy as readonly string[]).indexOf(by);
      const first =
        place >= 0
          ? compared(a.group[place]!, b.group[place]!)
          : (MEASURES[by as QueryMeasure](b.rows) ?? -1) -
            (MEASURES[by as QueryMeasure](a.rows) ?? -1);
      return first || compared(JSON.stringify(a.group), JSON.stringify(b.group));
    })
    .slice(0, limit + 1)
    .map(({ group, rows: own }) => ({
      group: Object.fromEntries(groupBy.map((name, at) => [name, group[at]!])),
      measures: Object.fromEntries(measures.map((name) => [name, MEASURES[name](own)])),
    }));
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sum = (rows: readonly TraceRow[], of: (row: TraceRow) => number): number =>
  rows.reduce((total, row) => total + row.weight * of(row), 0);

/** The least value that is reached by as large a share of the traffic. */
function quantile(rows: readonly TraceRow[], level: number): number {
  const wanted = Math.ceil(level * weightOf(rows));
  const sorted = rows
    .map(({ start, end, weight }) => ({ value: Math.max(0, end - start) / 1000, weight }))
    .sort((a, b) => a.value - b.value);
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    if (reached >= wanted) return value;
  }
  return 0;
}

const MEASURES: Readonly<Record<QueryMeasure, (rows: readonly TraceRow[]) => number | null>> = {
  traces: weightOf,
  failed: (rows) => weightOf(rows.filter(({ failed }) => failed)),
  failureRate(rows) {
    const eligible = rows.filter((row) => row.eligible);
    return eligible.length === 0
      ? null
      : weightOf(eligible.filter(({ failed }) => failed)) / weightOf(eligible);
  },
  tokens: (rows) => sum(rows, ({ inputTokens, outputTokens }) => inputTokens + outputTokens),
  cost: (rows) => sum(rows, ({ cost }) => cost),
  medianSeconds: (rows) => quantile(rows, 0.5),
  p95Seconds: (rows) => quantile(rows, 0.95),
};
