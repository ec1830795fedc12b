import { CulpritError } from '../../contract/culprit-error.ts';
import type { Ledger, LedgerColumn } from '../../contract/ledger.ts';
import { closestName } from '../../text/closest-name.ts';
import { naturalOrder } from '../../text/natural-order.ts';

/** The traces that share one value. */
export interface TraceGroup {
  readonly name: string;
  /** Its number in `TraceGroups.of`. */
  readonly position: number;
  readonly traces: number;
  readonly failed: number;
  /** Epoch milliseconds; null without times. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
}

export interface TraceGroups {
  readonly groups: readonly TraceGroup[];
  /** Of each row of the ledger the position of its group; -1 in none. */
  readonly of: Int32Array;
}

/** Attributes under the names by which they are asked for. */
const NAMED_ATTRIBUTES = [
  'promptVersion',
  'release',
  'model',
  'environment',
  'tenant',
  'operation',
  'language',
  'promptName',
  'project',
  'file',
] as const;

/** The name of an attribute in a ledger: `promptVersion` as it is, any other key as `metadata.<key>`. */
export const attributeName = (by: string): string =>
  (NAMED_ATTRIBUTES as readonly string[]).includes(by) || by.startsWith('metadata.')
    ? by
    : `metadata.${by}`;

/**
 * Traces by an attribute, or by the `day` (UTC) on which they began.
 * @throws CulpritError `invalid_option` for an attribute that no trace has, with those that are there.
 */
export function groupsBy(ledger: Ledger, by: string): TraceGroups {
  const { values, at } = by === 'day' ? dayColumn(ledger) : columnOf(ledger, by);
  const groups = values.map((name, position) => ({
    ...{ name, position, traces: 0, failed: 0 },
    firstSeen: null as number | null,
    lastSeen: null as number | null,
  }));
  for (let row = 0; row < ledger.rows; row += 1) {
    const group = groups[at[row]!];
    if (group === undefined) continue;
    group.traces += 1;
    group.failed += ledger.failed[row]!;
    const time = ledger.startTime[row]!;
    if (Number.isNaN(time)) continue;
    group.firstSeen = Math.min(group.firstSeen ?? time, time);
    group.lastSeen = Math.max(group.lastSeen ?? time, time);
  }
  return { groups: groups.filter(({ traces }) => traces > 0), of: at };
}

/** By when they were first seen; by name where that is not known of all. */
export function inOrderOfTime(groups: readonly TraceGroup[]): readonly TraceGroup[] {
  const isTimed = groups.every(({ firstSeen }) => firstSeen !== null);
  return groups.toSorted(
    (a, b) => (isTimed ? a.firstSeen! - b.firstSeen! : 0) || naturalOrder(a.name, b.name),
  );
}

/** Attributes with so many values, as they are asked for; keys of the metadata last. */
export function recordedNames({ columns }: Ledger, least: number): readonly string[] {
  const names = columns
    .filter(({ name, values }) => values.length >= (name === 'file' ? 2 : least))
    .map(({ name }) => name);
  const isKey = (name: string): boolean => name.startsWith('metadata.');
  return [
    ...names.filter((name) => !isKey(name)),
    ...names.filter(isKey).map((name) => name.slice('metadata.'.length)),
  ];
}

function columnOf(ledger: Ledger, by: string): LedgerColumn {
  const name = attributeName(by);
  const found = ledger.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  if (ledger.tooMany.includes(name))
    throw new CulpritError('invalid_option', `by: ${by} has too many values to compare by`, {
      option: 'by',
    });
  const known = [
    ...recordedNames(ledger, 1),
    ...(ledger.startTime.some((time) => !Number.isNaN(time)) ? ['day'] : []),
  ];
  const near = closestName(by, known);
  throw new CulpritError(
    'invalid_option',
    `by: no trace has ${by}${near === null ? '' : ` (did you mean ${near}?)`}; recorded are ${known.join(', ')}`,
    { option: 'by' },
  );
}

function dayColumn({ startTime }: Ledger): LedgerColumn {
  const days = new Map<string, number>();
  const names = Array.from(startTime, (time) =>
    Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10),
  );
  for (const day of new Set(names)) if (day !== null) days.set(day, 0);
  const values = [...days.keys()].sort();
  for (const [place, day] of values.entries()) days.set(day, place);
  return {
    name: 'day',
    values,
    at: Int32Array.from(names, (day) => (day === null ? -1 : days.get(day)!)),
  };
}
