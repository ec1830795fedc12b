import type { Atom, FactSet } from '../../contract/condition.ts';
import type { FactColumn } from '../../contract/fact.ts';
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

/** Bounds of a quantity are taken at its eighths. */
const PARTS = 8;

/**
 * The table of all facts that enough rows share: 1%, and 3 at least. Quantities become bounds at their
 * eighths. Blind to outcomes.
 */
export function factTable(
  sets: readonly FactSet[],
  columns: ReadonlyMap<string, FactColumn>,
): FactTable {
  const rows = sets.length;
  const least = Math.max(3, Math.ceil(rows / 100));
  const having = new Map<string, number[]>();
  for (const [row, set] of sets.entries()) {
    for (const key of set.keys()) {
      const known = having.get(key);
      if (known === undefined) having.set(key, [row]);
      else known.push(row);
    }
  }
  const atoms: AtomRows[] = [];
  for (const [key, of] of [...having].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const fact = columns.get(key);
    if (fact === undefined || of.length < least) continue;
    const quantities = of.map((row) => sets[row]?.get(key) ?? null);
    if (quantities[0] === null) {
      if (of.length < rows) atoms.push(atomRows({ fact, least: null, most: null }, of, rows));
    } else atoms.push(...bounds(fact, of, quantities as readonly number[], rows, least));
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
