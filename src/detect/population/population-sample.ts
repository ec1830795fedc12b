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
  readonly kept: readonly Kept[];
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

  rowOf(facts: readonly Fact[]): FactRow {
    return this.#dictionary.row(facts);
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
      kept,
      columns: this.#dictionary.columnsOf(kept.map(({ row }) => row)),
    };
  }

  merge(other: PopulationState): void {
    this.#seen += other.seen;
    for (const each of other.kept) this.#kept.offer(each, () => each);
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
