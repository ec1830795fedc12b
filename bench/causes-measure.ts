import { meets } from '../src/contract/condition.ts';
import { type Cause, type Contrast, contrast } from '../src/group/contrast/contrast.ts';
import { adjustedMutualInformation } from '../src/numeric/numeric.ts';
import { permutation, seedRandom } from '../src/numeric/random/random.ts';
import { conditionStatement } from '../src/text/condition-statement.ts';
import { statementText } from '../src/text/statement.ts';
import type { Collection } from './causes-data.ts';
import { isKnownFailure } from './open-bench.ts';

/** Agreement with the truth of each failure of a known kind; null where there is one kind. */
export interface Agreements {
  /** Groups before naming. */
  readonly groups: number | null;
  /** Named causes, all leftovers as one group. */
  readonly oneRest: number | null;
  /** Named causes, leftovers by their groups. */
  readonly subgroups: number | null;
  /** Standard deviation of `subgroups` over draws of 63% of the failures. */
  readonly spread: number | null;
}

export interface Figures {
  readonly collection: Collection;
  readonly failures: number;
  readonly known: number;
  readonly rootCause: Agreements;
  readonly primary: Agreements;
  /** Groups on facts of equal weight, as without outcomes. */
  readonly withoutOutcomes: number | null;
  /** Share of the failures under a named cause, and under one that passed the test. */
  readonly named: number;
  readonly tested: number;
  readonly first: Cause | null;
  /** The first cause where nothing but signals and facts says what failed, and what truly failed of the traces under it. */
  readonly firstBlind: {
    readonly cause: Cause;
    readonly failed: number;
    readonly of: number;
  } | null;
  readonly found: Contrast;
  /** Milliseconds a trace. */
  readonly cost: number;
}

/** Contrasts failed with passed traces of a collection and compares the causes with the truth. */
export function measure(collection: Collection): Figures {
  const { rows, facts, columns } = collection;
  const failed = rows.map((row) => row.failed);
  const started = performance.now();
  const found = contrast({ rows: facts, columns, failed, seed: 1, outcomes: 'recorded' });
  const cost = (performance.now() - started) / rows.length;
  const blind = contrast({ rows: facts, columns, failed, seed: 1, outcomes: 'signals' });
  const failedRows = rows.flatMap((row, index) => (row.failed ? [index] : []));
  const known = failedRows.filter((row) => isKnownFailure(rows[row]!));
  const members = (causes: readonly Cause[]): number =>
    causes.reduce((sum, cause) => sum + cause.members.length, 0) / Math.max(1, failedRows.length);
  return {
    collection,
    failures: failedRows.length,
    known: known.length,
    rootCause: agreements(collection, found, known, 'rootCause'),
    primary: agreements(collection, found, known, 'primary'),
    withoutOutcomes: agreements(collection, blind, known, 'rootCause').groups,
    named: members(found.causes),
    tested: members(found.causes.filter((cause) => cause.tested)),
    first: firstCause(found),
    firstBlind: firstBlind(collection),
    found,
    cost,
  };
}

function agreements(
  { rows }: Collection,
  { causes, groups }: Contrast,
  known: readonly number[],
  truth: 'rootCause' | 'primary',
): Agreements {
  const groupOf = new Map<number, string>();
  const failedRows = rows.flatMap((row, index) => (row.failed ? [index] : []));
  for (const [index, row] of failedRows.entries()) groupOf.set(row, `group ${groups[index]}`);
  const causeOf = new Map<number, string>();
  for (const [index, cause] of causes.entries()) {
    for (const row of cause.members) causeOf.set(row, `cause ${index}`);
  }
  const of = (label: (row: number) => string, among = known): number | null => {
    const classes = among.map((row) => rows[row]![truth] ?? '');
    if (new Set(classes).size < 2) return null;
    return adjustedMutualInformation(numbered(classes), numbered(among.map(label)));
  };
  const nested = (row: number): string => causeOf.get(row) ?? groupOf.get(row) ?? '';
  const draws = Array.from({ length: 100 }, (_, draw) => of(nested, drawn(known, draw))).filter(
    (score) => score !== null,
  );
  return {
    groups: of((row) => groupOf.get(row) ?? ''),
    oneRest: of((row) => causeOf.get(row) ?? 'rest'),
    subgroups: of(nested),
    spread: draws.length === 0 ? null : deviation(draws),
  };
}

const drawn = (rows: readonly number[], draw: number): readonly number[] =>
  [...permutation(rows.length, seedRandom(63, draw)).slice(0, Math.round(0.63 * rows.length))].map(
    (at) => rows[at]!,
  );

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1),
  );
}

function numbered(labels: readonly string[]): Int32Array {
  const place = new Map([...new Set(labels)].map((label, index) => [label, index]));
  return Int32Array.from(labels, (label) => place.get(label) ?? 0);
}

/** Share of the traces under the first cause that have to have failed for it to be claimed. */
const CLAIMED = 0.85;

/** The first cause, where one may be claimed. */
function firstCause({ causes }: Contrast): Cause | null {
  const [first] = causes;
  if (first === undefined || first.isStyle || (!first.tested && !first.byForm)) return null;
  return failedShare(first) >= CLAIMED ? first : null;
}

function firstBlind({
  rows,
  sets,
  facts,
  columns,
  signalled,
  failing,
}: Collection): Figures['firstBlind'] {
  const failed = rows.map((_, row) => signalled[row]! || failing[row]!.length > 0);
  const [cause] = contrast({ rows: facts, columns, failed, seed: 1, outcomes: 'signals' }).causes;
  if (cause === undefined || cause.isStyle) return null;
  const met = rows.filter(({ reviewed }, row) => reviewed && meets(cause.condition, sets[row]!));
  return { cause, failed: met.filter((row) => row.failed).length, of: met.length };
}

export const failedShare = ({ failed, passed }: Cause): number => failed / (failed + passed);

export const titleOf = ({ condition }: Cause): string =>
  statementText(conditionStatement(condition));

/** On outcomes shuffled `times` times: files, those that show a tested cause, untested causes. */
export function falseDiscoveries(
  { rows, facts, columns }: Collection,
  times: number,
): { readonly files: number; readonly tested: number; readonly untested: number } {
  let tested = 0;
  let untested = 0;
  for (let time = 0; time < times; time++) {
    const order = permutation(rows.length, seedRandom(77, time));
    const failed = [...order].map((row) => rows[row]!.failed);
    const { causes } = contrast({ rows: facts, columns, failed, seed: time, outcomes: 'recorded' });
    if (causes.some((cause) => cause.tested)) tested++;
    untested += causes.filter((cause) => !cause.tested).length;
  }
  return { files: times, tested, untested };
}
