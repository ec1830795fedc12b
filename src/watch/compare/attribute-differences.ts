import type { AttributeDifference } from '../../contract/diff.ts';
import type { Ledger, LedgerColumn, LedgerList } from '../../contract/ledger.ts';
import { benjaminiHochberg } from '../../numeric/statistics/benjamini-hochberg.ts';
import { compareProportions } from '../../numeric/statistics/compare-proportions.ts';
import { SIGNIFICANT, significantDigits } from '../../rate/rate-change.ts';
import { count, percent } from '../../text/format.ts';
import { round } from '../../text/round.ts';
import { attributeName } from '../sides/groups.ts';
import { AFTER, BEFORE, type Sides } from '../sides/sides.ts';

/** Attributes with more values tell traces apart. */
const MOST_VALUES = 200;
/** Fewer failures of the cause on the second side have nothing in common yet. */
const LEAST_FAILURES = 5;
/** Points by which the shares differ. */
const CLEAR = 0.1;
/** Share of one side that has a value, and of the other that has not, where it changed with the side. */
const WHOLLY = 0.95;
const MOST_LISTED = 6;

/** Failures and other traces with one value, on the second side and on the first. */
interface Counted {
  readonly attribute: string;
  /** Null: not recorded. */
  readonly value: string | null;
  readonly isTool: boolean;
  /** By side: all traces with it. */
  readonly traces: readonly [number, number];
  /** By side: failures of the cause with it. */
  readonly failures: readonly [number, number];
}

interface Tested extends Counted {
  readonly p: number;
  readonly followsSide: boolean;
  readonly counts: readonly [number, number, number, number];
}

/**
 * What the failures of causes have that other traces have not, or less: every value of every attribute, `tool` and `tag`
 * among them; absence is a value. Failures of the second side are compared with the other traces of it, so that what
 * changed with the side does not count for all of them; values that nearly all traces of one side have and hardly any of
 * the other are listed too, as following the side. The tests of all causes and values are corrected together.
 *
 * @param causes of each the rows that failed by it.
 */
export function attributeDifferences(
  causes: readonly (readonly number[])[],
  ledger: Ledger,
  sides: Sides,
): readonly (readonly AttributeDifference[])[] {
  if (causes.length === 0) return [];
  const totals = sideTotals(sides.of);
  const skip = new Set([attributeName(sides.by), ...(sides.by === 'file' ? ['file'] : [])]);
  const columns = ledger.columns.filter(
    ({ name, values }) => !skip.has(name) && name !== 'file' && values.length <= MOST_VALUES,
  );
  const lists = ledger.lists.filter(({ values }) => values.length <= MOST_VALUES);
  const all = [...columns.map(columnCounter), ...lists.map(listCounter)].map((counter) => ({
    counter,
    traces: counter.count(allRows(ledger.rows), sides.of),
  }));
  const tested = causes.map((rows) => {
    const ofSide = [BEFORE, AFTER].map((side) => rows.filter((row) => sides.of[row] === side));
    const failed = [ofSide[BEFORE]!.length, ofSide[AFTER]!.length] as const;
    if (failed[AFTER] < LEAST_FAILURES) return [];
    return all.flatMap(({ counter, traces }) => {
      const failures = counter.count(rows, sides.of);
      return counter.values.flatMap((value, at): Tested[] => {
        const counted = { ...counter, value, traces: traces[at]!, failures: failures[at]! };
        const { attribute, isTool } = counter;
        return test({ attribute, isTool, ...pick(counted) }, failed, totals);
      });
    });
  });
  const qs = benjaminiHochberg(tested.flat().map(({ p }) => p)).values();
  return tested.map((ofCause) =>
    ofCause
      .map((each) => ({ each, q: qs.next().value! }))
      .filter(({ each, q }) => q < SIGNIFICANT && Math.abs(gapOf(each)) >= CLEAR)
      .sort(
        (a, b) =>
          Number(gapOf(a.each) < 0) - Number(gapOf(b.each) < 0) ||
          Math.abs(gapOf(b.each)) - Math.abs(gapOf(a.each)) ||
          a.q - b.q,
      )
      .slice(0, MOST_LISTED)
      .map(({ each, q }) => differenceOf(each, q, sides)),
  );
}

const pick = ({ value, traces, failures }: Pick<Counted, 'value' | 'traces' | 'failures'>) => ({
  value,
  traces,
  failures,
});

function test(
  counted: Counted,
  failed: readonly [number, number],
  totals: readonly [number, number],
): Tested[] {
  const { traces, failures } = counted;
  const followsSide =
    totals[BEFORE] > 0 &&
    totals[AFTER] > 0 &&
    ((traces[AFTER] >= WHOLLY * totals[AFTER] && traces[BEFORE] <= (1 - WHOLLY) * totals[BEFORE]) ||
      (traces[BEFORE] >= WHOLLY * totals[BEFORE] && traces[AFTER] <= (1 - WHOLLY) * totals[AFTER]));
  // What the second side lost is said by what it has instead.
  if (followsSide && traces[BEFORE] > traces[AFTER]) return [];
  const within = followsSide ? [BEFORE, AFTER] : [AFTER];
  const sum = (of: readonly [number, number]): number =>
    within.reduce((total, side) => total + of[side as 0 | 1], 0);
  const [k1, n1] = [sum(failures), sum(failed)];
  const [k2, n2] = [sum(traces) - k1, sum(totals) - n1];
  if (n2 <= 0 || k1 + k2 === 0 || k1 + k2 === n1 + n2) return [];
  return [
    { ...counted, followsSide, counts: [k1, n1, k2, n2], p: compareProportions(k1, n1, k2, n2) },
  ];
}

const gapOf = ({ counts: [k1, n1, k2, n2] }: Tested): number => k1 / n1 - k2 / n2;

function differenceOf(each: Tested, q: number, sides: Sides): AttributeDifference {
  const { attribute, value, followsSide } = each;
  const [failures, ofFailures, others, ofOthers] = each.counts;
  const [here, there] = [failures / ofFailures, others / ofOthers];
  return {
    ...{ attribute, value, failures, ofFailures, others, ofOthers, followsSide },
    lift: there > 0 ? round(here / there) : null,
    q: significantDigits(q),
    sentence: followsSide
      ? `${saying(each)}: it came with ${sides.after}, and ${count(failures)} of ${count(ofFailures)} failures have it`
      : `${saying(each)}: ${percent(here)} of these failures, ${percent(there)} of other traces of ${sides.after}`,
  };
}

function saying({ attribute, value, isTool }: Counted): string {
  const name = attribute.replace(/^metadata\./, '');
  if (value === null) return `no \`${name}\``;
  const shown = value.replaceAll('`', "'").slice(0, 60);
  if (isTool) return attribute === 'tool' ? `\`${shown}\` was called` : `tag \`${shown}\``;
  return `\`${name}\` ${shown}`;
}

interface Counter {
  readonly attribute: string;
  readonly isTool: boolean;
  readonly values: readonly (string | null)[];
  /** By value and side. */
  readonly count: (rows: Iterable<number>, sideOf: Int8Array) => readonly [number, number][];
}

/** Absence comes last. */
function columnCounter({ name, values, at }: LedgerColumn): Counter {
  return {
    attribute: name,
    isTool: false,
    values: [...values, null],
    count: (rows, sideOf) => {
      const found = values.map((): [number, number] => [0, 0]);
      found.push([0, 0]);
      for (const row of rows) {
        const side = sideOf[row]!;
        const place = at[row]!;
        if (side >= 0) found[place < 0 ? values.length : place]![side as 0 | 1] += 1;
      }
      return found;
    },
  };
}

function listCounter({ name, values, ends, items }: LedgerList): Counter {
  return {
    attribute: name,
    isTool: true,
    values,
    count: (rows, sideOf) => {
      const found = values.map((): [number, number] => [0, 0]);
      for (const row of rows) {
        const side = sideOf[row]!;
        if (side < 0) continue;
        for (let item = row === 0 ? 0 : ends[row - 1]!; item < ends[row]!; item += 1)
          found[items[item]!]![side as 0 | 1] += 1;
      }
      return found;
    },
  };
}

function* allRows(count: number): Generator<number> {
  for (let row = 0; row < count; row += 1) yield row;
}

function sideTotals(sideOf: Int8Array): readonly [number, number] {
  const totals: [number, number] = [0, 0];
  for (const side of sideOf) if (side >= 0) totals[side as 0 | 1] += 1;
  return totals;
}
