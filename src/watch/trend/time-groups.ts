import { CulpritError } from '../../contract/culprit-error.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { count } from '../../text/format.ts';
import type { TraceGroup } from '../sides/groups.ts';

/** A stretch of time that traces are counted by. */
export type TimeUnit = 'day' | 'hour';

export const MILLISECONDS: Readonly<Record<TimeUnit, number>> = {
  day: 86_400_000,
  hour: 3_600_000,
};

interface TimeGroup extends TraceGroup {
  /** Epoch milliseconds, UTC. */
  readonly start: number;
}

export interface TimeGroups {
  /** Without a gap: also days and hours in which nothing happened. */
  readonly groups: readonly TimeGroup[];
  /** Of each row of the ledger the position of its group; -1 without a time. */
  readonly of: Int32Array;
}

const MOST_GROUPS = 1_000;

/**
 * Traces by day or hour (UTC). Empty without times.
 * @throws CulpritError `invalid_option` for more than 1,000 days or hours.
 */
export function timeGroups({ rows, startTime, failed }: Ledger, unit: TimeUnit): TimeGroups {
  const width = MILLISECONDS[unit];
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of startTime) {
    if (Number.isNaN(time)) continue;
    first = Math.min(first, Math.floor(time / width));
    last = Math.max(last, Math.floor(time / width));
  }
  const of = new Int32Array(rows).fill(-1);
  if (first > last) return { groups: [], of };
  const length = last - first + 1;
  if (length > MOST_GROUPS)
    throw new CulpritError(
      'invalid_option',
      `by: the traces span ${count(length)} ${unit}s, more than ${count(MOST_GROUPS)}. ${
        unit === 'hour' ? 'Use day' : 'Give the files of a shorter time'
      }`,
      { option: 'by' },
    );
  const groups = Array.from({ length }, (_, position) => ({
    name: nameOf((first + position) * width, unit),
    start: (first + position) * width,
    position,
    traces: 0,
    failed: 0,
    firstSeen: null as number | null,
    lastSeen: null as number | null,
  }));
  for (let row = 0; row < rows; row += 1) {
    const time = startTime[row]!;
    if (Number.isNaN(time)) continue;
    const position = Math.floor(time / width) - first;
    const group = groups[position]!;
    of[row] = position;
    group.traces += 1;
    group.failed += failed[row]!;
    group.firstSeen = Math.min(group.firstSeen ?? time, time);
    group.lastSeen = Math.max(group.lastSeen ?? time, time);
  }
  return { groups, of };
}

const nameOf = (start: number, unit: TimeUnit): string =>
  new Date(start).toISOString().slice(0, unit === 'day' ? 10 : 13) + (unit === 'hour' ? ':00' : '');
