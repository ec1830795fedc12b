import type { Ledger } from '../../contract/ledger.ts';
import type { TrendRelease } from '../../contract/trend.ts';
import { MILLISECONDS, type TimeGroups } from './time-groups.ts';

const DIMENSIONS = ['promptVersion', 'release', 'model'] as const;
/** Fewer traces may be a test or a typing mistake. */
const FEWEST_TRACES = 20;
const MOST = 20;

/** Versions that appeared after the first day or hour, by when they were first seen. */
export function releasesOf(
  ledger: Ledger,
  { groups, of }: Pick<TimeGroups, 'of'> & { readonly groups: readonly unknown[] },
): readonly TrendRelease[] {
  if (groups.length === 0) return [];
  const found = DIMENSIONS.flatMap((dimension): TrendRelease[] => {
    const column = ledger.columns.find(({ name }) => name === dimension);
    if (column === undefined) return [];
    const first = column.values.map(() => ({
      time: Number.POSITIVE_INFINITY,
      group: -1,
      traces: 0,
    }));
    for (let row = 0; row < ledger.rows; row += 1) {
      const version = first[column.at[row]!];
      if (version === undefined || of[row]! < 0) continue;
      version.traces += 1;
      if (ledger.startTime[row]! >= version.time) continue;
      version.time = ledger.startTime[row]!;
      version.group = of[row]!;
    }
    return first.flatMap(({ time, group, traces }, place) =>
      group > 0 && traces >= FEWEST_TRACES
        ? [{ dimension, value: column.values[place]!, time, group, traces }]
        : [],
    );
  });
  return found
    .sort((a, b) => b.traces - a.traces)
    .slice(0, MOST)
    .sort((a, b) => a.time - b.time);
}

/** Versions first seen in this group or in the day before it, since a rollout takes its time. */
export const releasesAt = (
  releases: readonly TrendRelease[],
  group: number,
  start: number,
): readonly string[] =>
  releases
    .filter((release) => release.group <= group && release.time >= start - MILLISECONDS.day)
    .map(({ value }) => value);
