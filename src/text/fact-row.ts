import type { Atom, Condition, FactSet } from '../contract/condition.ts';
import type { FactRow } from '../contract/fact-rows.ts';
import { hash53 } from './hash.ts';

/** A set of facts as a row of numbers. */
export function factRow(set: FactSet): FactRow {
  const all = [...set].map(([key, quantity]) => ({ id: hash53(key), quantity }));
  const measured = all.flatMap(({ id, quantity }) => (quantity === null ? [] : [{ id, quantity }]));
  measured.sort((a, b) => a.id - b.id);
  return {
    facts: all.flatMap(({ id, quantity }) => (quantity === null ? [id] : [])).sort(ascending),
    measured: measured.map(({ id }) => id),
    quantities: measured.map(({ quantity }) => quantity),
  };
}

/** Whether rows meet the condition: the same answer as `meets` for sets. */
export function conditionTest({ atoms }: Condition): (row: FactRow) => boolean {
  const tests = atoms.map((atom) => ({ atom, id: hash53(atom.fact.key) }));
  return (row) => tests.every(({ atom, id }) => holds(atom, id, row));
}

function holds(
  { least, most }: Atom,
  id: number,
  { facts, measured, quantities }: FactRow,
): boolean {
  const at = placeOf(measured, id);
  if (least === null && most === null) return at >= 0 || placeOf(facts, id) >= 0;
  if (at < 0) return false;
  const quantity = quantities[at]!;
  return (least === null || quantity >= least) && (most === null || quantity <= most);
}

/** Place in ascending numbers, -1 where it is missing. */
function placeOf(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle]!;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const ascending = (a: number, b: number): number => a - b;
