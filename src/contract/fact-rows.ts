import type { Traits } from './dimension.ts';
import type { FactColumn } from './fact.ts';

/** The facts of one trace as numbers: ids are `hash53` of the keys. */
export interface FactRow {
  /** Ids of the facts without a quantity, ascending. */
  readonly facts: readonly number[];
  /** Ids of the facts with one, ascending. */
  readonly measured: readonly number[];
  /** The quantities of `measured`. */
  readonly quantities: readonly number[];
}

/** One eligible trace of the input: its facts, and whether it failed. */
export interface PopulationRow extends FactRow {
  /** Of the trace. */
  readonly id: string;
  readonly failed: boolean;
  /** Whether it failed by what the file recorded; null where it recorded nothing. */
  readonly outcome: boolean | null;
  /** No signal names a cause of its failure. */
  readonly unexplained: boolean;
  readonly traits: Traits;
}

/** Facts of the traces of an input, or of a random draw of them. */
export interface Population {
  /** Ordered by id of trace and seed alone. */
  readonly rows: readonly PopulationRow[];
  /** What is known of each fact, by id. */
  readonly columns: ReadonlyMap<number, FactColumn>;
  /** Every eligible trace of the input has a row. */
  readonly isComplete: boolean;
}

export const NO_FACTS: FactRow = {
  facts: [],
  measured: [],
  quantities: [],
};
