import { effectiveSums, type WeightedSums } from '../store/telemetry/effective-sums.ts';
import type {
  TelemetryStore,
  TimeFacet,
  TraceFilter,
  TraceRow,
  VersionFacet,
} from '../store/telemetry/telemetry.ts';
import { facetOf, trafficOf } from './memory-traffic.ts';

/** What is told of the traffic, by the rows that a filter selects. */
export const memoryVersions = (
  found: (filter: TraceFilter) => readonly TraceRow[],
): Pick<
  TelemetryStore,
  'trafficBy' | 'versions' | 'versionsOverTime' | 'scoreSums' | 'signalsBy'
> => ({
  async trafficBy(filter, facet) {
    const groups = Map.groupBy(found(filter), (row) => facetOf(row, facet));
    return [...groups]
      .map(([value, rows]) => ({ value, ...trafficOf(rows), ...seenIn(rows) }))
      .sort((a, b) => b.traces - a.traces);
  },
  async versions(filter, by) {
    const named = found(filter).filter((row) => row[by] !== '');
    const promptOf = ({ promptName }: TraceRow): string => (by === 'release' ? '' : promptName);
    return grouped(named, (row) => [row.environment, promptOf(row), row[by]])
      .map(([[environment, prompt, value], rows]) => ({
        ...{ environment: environment!, prompt: prompt!, value: value! },
        ...{ ...trafficOf(rows), ...seenIn(rows) },
      }))
      .sort((a, b) => b.traces - a.traces);
  },
  async versionsOverTime(filter, by, unit) {
    return grouped(found(filter), (row) => [row[by], startOf(row, unit)]).map(
      ([[value, start], rows]) => ({ value: value!, start: Number(start), ...trafficOf(rows) }),
    );
  },
  async scoreSums(filter, by) {
    const scored = found(filter)
      .filter((row) => row.eligible)
      .flatMap((row) =>
        Object.entries(row.scores).map(([score, number]) => ({ row, score, number })),
      );
    const groups = grouped(scored, ({ row, score }) => [score, groupOf(row, by)]);
    return [...Map.groupBy(groups, ([[score]]) => score).values()].flatMap((of) => {
      const sums = effectiveSums(
        of.map(([, all]) => weightedSums(all.map(({ row, number }) => [row.weight, number]))),
      );
      return of.map(([[score, value], all], at) => ({
        ...{ score: score!, value: value!, ...sums[at]! },
        isBinary: all.every(({ number }) => number === 0 || number === 1),
      }));
    });
  },
  async signalsBy(filter, by) {
    const said = found(filter)
      .filter(({ eligible }) => eligible)
      .flatMap((row) => row.signals.map((signal) => ({ row, signal })));
    return grouped(said, ({ row, signal }) => [signal, row[by]]).map(([[signal, value], all]) => ({
      ...{ signal: signal!, value: value! },
      traces: trafficOf(all.map(({ row }) => row)).traces,
    }));
  },
});

/** Of pairs of a weight and a value. */
export const weightedSums = (pairs: readonly (readonly [number, number])[]): WeightedSums => ({
  weights: pairs.reduce((sum, [weight]) => sum + weight, 0),
  weightSquares: pairs.reduce((sum, [weight]) => sum + weight * weight, 0),
  total: pairs.reduce((sum, [weight, value]) => sum + weight * value, 0),
  squares: pairs.reduce((sum, [weight, value]) => sum + weight * value * value, 0),
});

const seenIn = (rows: readonly TraceRow[]) => ({
  first: Math.min(...rows.map(({ anchor }) => anchor)),
  last: Math.max(...rows.map(({ anchor }) => anchor)),
});

const MILLISECONDS: Readonly<Record<TimeFacet, number>> = { day: 86_400_000, hour: 3_600_000 };

const startOf = ({ anchor }: TraceRow, unit: TimeFacet): string =>
  String(Math.floor(anchor / MILLISECONDS[unit]) * MILLISECONDS[unit]);

const groupOf = (row: TraceRow, by: VersionFacet | TimeFacet): string =>
  by === 'day' || by === 'hour' ? startOf(row, by) : row[by];

/** By a key of several parts, in order of the parts. */
const grouped = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => readonly string[],
): readonly (readonly [readonly string[], readonly Item[]])[] =>
  [...Map.groupBy(items, (item) => JSON.stringify(keyOf(item)))]
    .map(([key, all]) => [JSON.parse(key) as readonly string[], all] as const)
    .sort(([a], [b]) => compared(a, b));

function compared(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at < 0) return 0;
  return a[at]! < b[at]! ? -1 : 1;
}
