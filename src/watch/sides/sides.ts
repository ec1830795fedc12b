import { CulpritError } from '../../contract/culprit-error.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { VERSION_FLOOR } from '../../rate/rate-change.ts';
import { closestName } from '../../text/closest-name.ts';
import { count, plural } from '../../text/format.ts';
import { groupsBy, inOrderOfTime, recordedNames, type TraceGroup } from './groups.ts';

export const BEFORE = 0;
export const AFTER = 1;

/** Two groups of the traces of a ledger. */
export interface Sides {
  /** What tells them apart, as it was asked for. */
  readonly by: string;
  readonly before: string;
  readonly after: string;
  /** Of each row of the ledger 0 (before) or 1 (after); -1 on neither side. */
  readonly of: Int8Array;
  /** What to know of how they were chosen. */
  readonly remarks: readonly string[];
}

/** How two sides are chosen: by the value of an attribute. Without `from` and `to`, the last two by time. */
export interface SidesBy {
  readonly by: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The sides that an attribute tells apart.
 * @throws CulpritError `invalid_option` for an attribute or a value that is not there, with what is, for one value on both
 * sides, and where there is nothing to compare.
 */
export function sidesBy(ledger: Ledger, { by, from, to }: SidesBy): Sides {
  const { groups, of } = groupsBy(ledger, by);
  const ordered = inOrderOfTime(groups);
  const [only] = ordered;
  if (only === undefined || ordered.length < 2)
    throw invalid(
      'by',
      `by: ${only === undefined ? `no trace has ${by}` : `all ${plural(only.traces, 'trace')} with ${by} have ${only.name}`}, so there is nothing to compare. ${otherAttributes(ledger)}`,
    );
  const last = ordered.at(-1)!;
  for (const [option, name, other, end] of [
    ['from', from, to, last],
    ['to', to, from, only],
  ] as const)
    if (name !== null && other === null && name === end.name)
      throw invalid(
        option,
        `${option}: ${name} is the ${end === last ? 'last' : 'first'} by time or name; there are ${listed(ordered)}. To compare it all the same, name both sides`,
      );
  const find = (option: 'from' | 'to', name: string): TraceGroup => {
    const found = ordered.find((group) => group.name === name);
    if (found !== undefined) return found;
    const near = closestName(
      name,
      ordered.map((group) => group.name),
    );
    throw invalid(
      option,
      `${option}: no trace has ${by} ${name}${near === null ? '' : ` (did you mean ${near}?)`}; there are ${listed(ordered)}`,
    );
  };
  const remarks: string[] = [];
  const [before, after] = chosen(
    ordered,
    from === null ? null : find('from', from),
    to === null ? null : find('to', to),
  );
  if (before.name === after.name)
    throw invalid('to', `to: both sides are ${before.name}. There are ${listed(ordered)}`);
  const others = ordered.length - 2;
  if (others > 0 && (from === null || to === null))
    remarks.push(
      `${count(others)} more ${others === 1 ? 'value' : 'values'} of ${by}: ${listed(ordered.filter((each) => each !== before && each !== after))}`,
    );
  if (ordered.some(({ firstSeen }) => firstSeen === null) && (from === null || to === null))
    remarks.push(`without times, ${by} is ordered by name`);
  const absent = ledger.rows - ordered.reduce((sum, { traces }) => sum + traces, 0);
  if (absent > 0)
    remarks.push(
      `${plural(absent, 'trace')} without ${by} ${absent === 1 ? 'is' : 'are'} on neither side`,
    );
  return {
    by,
    before: before.name,
    after: after.name,
    of: Int8Array.from(of, (group) =>
      group === before.position ? BEFORE : group === after.position ? AFTER : -1,
    ),
    remarks,
  };
}

/** Those that were named; else the last two by time, of those with enough traces to be tested. */
function chosen(
  ordered: readonly TraceGroup[],
  from: TraceGroup | null,
  to: TraceGroup | null,
): readonly [TraceGroup, TraceGroup] {
  if (from !== null && to !== null) return [from, to];
  const large = ordered.filter(({ traces }) => traces >= VERSION_FLOOR.exposures);
  const pool = large.length >= 2 ? large : ordered;
  if (to !== null) {
    const earlier = ordered.slice(0, ordered.indexOf(to));
    const usual = earlier.filter((each) => pool.includes(each)).at(-1) ?? earlier.at(-1);
    return [usual ?? ordered.find((each) => each !== to)!, to];
  }
  if (from !== null) return [from, pool.findLast((each) => each !== from) ?? ordered.at(-1)!];
  return [pool.at(-2)!, pool.at(-1)!];
}

/** The sides of two inputs that were read together: file names of each. */
export function sidesOfFiles(
  ledger: Ledger,
  before: { readonly name: string; readonly files: ReadonlySet<string> },
  after: { readonly name: string; readonly files: ReadonlySet<string> },
): Sides {
  const files = ledger.columns.find(({ name }) => name === 'file');
  const sideOf = (files?.values ?? []).map((file) =>
    before.files.has(file) ? BEFORE : after.files.has(file) ? AFTER : -1,
  );
  const of = Int8Array.from(files?.at ?? [], (at) => sideOf[at] ?? -1);
  for (const [side, { name }] of [before, after].entries())
    if (!of.includes(side))
      throw new CulpritError(
        'no_traces',
        `${name} holds no trace that can be judged, so there is nothing to compare`,
      );
  return { by: 'file', before: before.name, after: after.name, of, remarks: [] };
}

const MOST_LISTED = 8;

const listed = (groups: readonly TraceGroup[]): string => {
  const shown = groups
    .slice(-MOST_LISTED)
    .map(({ name, traces }) => `${name} (${plural(traces, 'trace')})`);
  const more = groups.length - shown.length;
  return [...(more > 0 ? [`${count(more)} more`] : []), ...shown].join(', ');
};

/** What else could tell sides apart. */
function otherAttributes(ledger: Ledger): string {
  const useful = recordedNames(ledger, 2);
  return useful.length === 0
    ? 'Nothing that was recorded has two values'
    : `With two values or more: ${useful.join(', ')}`;
}

const invalid = (option: string, message: string): CulpritError =>
  new CulpritError('invalid_option', message, { option });
