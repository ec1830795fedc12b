import type { FactRow, Population, PopulationRow } from '../../contract/fact-rows.ts';
import { samplingKey } from '../../text/hash.ts';
import type { Fact } from '../facts/fact.ts';
import { bottomK, type Keyed } from './bottom-k.ts';
import { type FactColumns, FactDictionary } from './fact-dictionary.ts';

/** Most traces whose facts are kept. */
const MOST = 20_000;
/** Facts in the dictionary before it is cleaned up. */
const MOST_FACTS = 60_000;

interface Kept extends Keyed {
  readonly row: PopulationRow;
}

export interface PopulationState {
  readonly seen: number;
  readonly kept: PackedRows;
  readonly columns: FactColumns;
}

/**
 * Facts of every eligible trace, or above 20,000 of those with the lowest sampling keys. `traces` is the number
 * of eligible traces, where it is known: then facts of a trace that cannot be drawn are not read.
 */
export class PopulationSample {
  readonly #seed: number;
  readonly #limit: number;
  readonly #kept = bottomK<Kept>(MOST);
  readonly #dictionary = new FactDictionary();
  #seen = 0;

  constructor(seed: number, traces: number | null) {
    this.#seed = seed;
    this.#limit = traces === null || traces <= MOST ? 1 : (1.1 * MOST) / traces;
  }

  rowOf(facts: readonly Fact[], more: readonly number[]): FactRow {
    return this.#dictionary.row(facts, more);
  }

  offer(id: string, position: number, make: () => PopulationRow): void {
    this.#seen += 1;
    const key = samplingKey(id, this.#seed);
    if (key >= this.#limit) return;
    this.#kept.offer({ key, position }, () => ({ key, position, row: make() }));
    if (this.#dictionary.size > MOST_FACTS) this.#dictionary.keepOnly(this.#rows());
  }

  state(): PopulationState {
    const kept = this.#kept.items();
    return {
      seen: this.#seen,
      kept: packed(kept),
      columns: this.#dictionary.columnsOf(kept.map(({ row }) => row)),
    };
  }

  merge(other: PopulationState): void {
    this.#seen += other.seen;
    for (const each of unpacked(other.kept)) this.#kept.offer(each, () => each);
    this.#dictionary.merge(other.columns);
  }

  draw(): Population {
    const rows = this.#rows();
    return {
      rows,
      columns: this.#dictionary.columnsOf(rows),
      isComplete: rows.length === this.#seen,
    };
  }

  #rows(): readonly PopulationRow[] {
    return this.#kept.items().map(({ row }) => row);
  }
}

/** Rows in a few large arrays: structured clone takes long for many small ones. */
interface PackedRows {
  readonly rows: readonly Omit<PopulationRow & Keyed, 'facts' | 'measured' | 'quantities'>[];
  /** How many facts and measured facts each row has, in turn. */
  readonly sizes: Uint32Array;
  /** Facts, measured facts and quantities of each row, in turn. */
  readonly numbers: Float64Array;
}

function packed(kept: readonly Kept[]): PackedRows {
  const sizes = Uint32Array.from(
    kept.flatMap(({ row }) => [row.facts.length, row.measured.length]),
  );
  let total = 0;
  for (let at = 0; at < sizes.length; at += 2) total += sizes[at]! + 2 * sizes[at + 1]!;
  const numbers = new Float64Array(total);
  let at = 0;
  const rows = kept.map(({ key, position, row }) => {
    const { facts, measured, quantities, ...rest } = row;
    for (const part of [facts, measured, quantities]) {
      numbers.set(part, at);
      at += part.length;
    }
    return { ...rest, key, position };
  });
  return { rows, sizes, numbers };
}

function unpacked({ rows, sizes, numbers }: PackedRows): readonly Kept[] {
  let at = 0;
  const take = (count: number): readonly number[] => {
    const taken = new Array<number>(count);
    for (let index = 0; index < count; index++) taken[index] = numbers[at++]!;
    return taken;
  };
  return rows.map(({ key, position, ...rest }, index) => {
    const facts = take(sizes[2 * index]!);
    const measured = take(sizes[2 * index + 1]!);
    const quantities = take(sizes[2 * index + 1]!);
    return { key, position, row: { facts, measured, quantities, ...rest } };
  });
}
