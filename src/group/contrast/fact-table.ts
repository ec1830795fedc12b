import type { Atom } from '../../contract/condition.ts';
import type { FactColumn } from '../../contract/fact.ts';
import type { FactRow } from '../../contract/fact-rows.ts';
import { type Bits, bitsFor, count, setBit } from './bits.ts';

/** An atom and the rows in which it holds. */
export interface AtomRows {
  readonly atom: Atom;
  readonly bits: Bits;
  readonly support: number;
}

/** Which rows have which facts, and which quantities within which bounds. */
export interface FactTable {
  readonly rows: number;
  /** Fewest rows that an atom needs. */
  readonly least: number;
  readonly atoms: readonly AtomRows[];
}

/** The bounds of a quantity are its octiles. */
const PARTS = 8;

/**
 * The fewest rows that a fact needs: 1%, but at least 3. In large files, a fifth of the square root of the number of
 * rows, because the evidence needed grows slower than the file: 10 of 2,500 rows, 28 of 20,000.
 */
const leastRows = (rows: number): number =>
  Math.max(3, Math.ceil(Math.min(rows / 100, Math.sqrt(rows) / 5)));

/** The table of all facts that enough rows share. Quantities become bounds at their octiles. Ignores outcomes. */
export function factTable(
  given: readonly FactRow[],
  columns: ReadonlyMap<number, FactColumn>,
): FactTable {
  const rows = given.length;
  const least = leastRows(rows);
  const plain = new Map<number, number[]>();
  const measured = new Map<number, { readonly rows: number[]; readonly quantities: number[] }>();
  for (const [row, each] of given.entries()) {
    for (const id of each.facts) {
      const known = plain.get(id);
      if (known === undefined) plain.set(id, [row]);
      else known.push(row);
    }
    for (const [at, id] of each.measured.entries()) {
      let known = measured.get(id);
      if (known === undefined) {
        known = { rows: [], quantities: [] };
        measured.set(id, known);
      }
      known.rows.push(row);
      known.quantities.push(each.quantities[at]!);
    }
  }
  const ids = [...plain.keys(), ...measured.keys()].flatMap((id) => {
    const fact = columns.get(id);
    return fact === undefined ? [] : [{ id, fact }];
  });
  const atoms: AtomRows[] = [];
  for (const { id, fact } of ids.sort((a, b) => (a.fact.key < b.fact.key ? -1 : 1))) {
    const of = plain.get(id);
    if (of !== undefined && of.length >= least && of.length < rows)
      atoms.push(atomRows({ fact, least: null, most: null }, of, rows));
    const quantified = measured.get(id);
    if (quantified !== undefined && quantified.rows.length >= least)
      atoms.push(...bounds(fact, quantified.rows, quantified.quantities, rows, least));
  }
  return { rows, least, atoms };
}

function bounds(
  fact: FactColumn,
  of: readonly number[],
  quantities: readonly number[],
  rows: number,
  least: number,
): AtomRows[] {
  const sorted = quantities.toSorted((a, b) => a - b);
  const cuts = new Set<number>();
  for (let part = 1; part < PARTS; part++) {
    cuts.add(sorted[Math.floor((part * sorted.length) / PARTS)]!);
  }
  const found: AtomRows[] = [];
  for (const cut of cuts) {
    for (const atom of [
      { fact, least: cut, most: null },
      { fact, least: null, most: cut },
    ]) {
      if (atom.least === sorted[0] || atom.most === sorted.at(-1)) continue;
      const within = of.filter((_, index) =>
        atom.least === null ? quantities[index]! <= cut : quantities[index]! >= cut,
      );
      if (within.length >= least && within.length < rows) found.push(atomRows(atom, within, rows));
    }
  }
  return found;
}

function atomRows(atom: Atom, of: readonly number[], rows: number): AtomRows {
  const bits = bitsFor(rows);
  for (const row of of) setBit(bits, row);
  return { atom, bits, support: count(bits) };
}
