import type { FactColumn } from '../../contract/fact.ts';
import type { FactRow } from '../../contract/fact-rows.ts';
import { hash53 } from '../../text/hash.ts';
import { type Fact, factColumn } from '../facts/fact.ts';

/** What is known of each fact, by id, as structured clone copies it. */
export type FactColumns = ReadonlyMap<number, FactColumn>;

/** Turns facts into rows of numbers, and keeps what is known of each fact. */
export class FactDictionary {
  readonly #ids = new Map<string, number>();
  readonly #columns = new Map<number, FactColumn>();

  get size(): number {
    return this.#ids.size;
  }

  /** @param more ids of facts without a quantity. */
  row(facts: readonly Fact[], more: readonly number[]): FactRow {
    const plain: number[] = [...more];
    const measured: { readonly id: number; readonly quantity: number }[] = [];
    for (const fact of facts) {
      const id = this.#idOf(fact);
      if (fact.quantity === null) plain.push(id);
      else measured.push({ id, quantity: fact.quantity });
    }
    measured.sort((a, b) => a.id - b.id);
    return {
      facts: plain.sort(ascending),
      measured: measured.map(({ id }) => id),
      quantities: measured.map(({ quantity }) => quantity),
    };
  }

  /** The columns that the rows need. */
  columnsOf(rows: Iterable<FactRow>): FactColumns {
    const used = new Map<number, FactColumn>();
    for (const { facts, measured } of rows) {
      for (const id of facts) this.#use(id, used);
      for (const id of measured) this.#use(id, used);
    }
    return used;
  }

  merge(columns: FactColumns): void {
    for (const [id, column] of columns) {
      const known = this.#columns.get(id);
      // Of two facts with one id, of which there is one pair in a billion files, the first in text order.
      if (known === undefined || column.key < known.key) this.#columns.set(id, column);
    }
  }

  /** Gives up what the rows do not need. */
  keepOnly(rows: Iterable<FactRow>): void {
    const used = this.columnsOf(rows);
    this.#columns.clear();
    this.#ids.clear();
    for (const [id, column] of used) {
      this.#columns.set(id, column);
      this.#ids.set(column.key, id);
    }
  }

  #idOf(fact: Fact): number {
    let id = this.#ids.get(fact.key);
    if (id === undefined) {
      id = hash53(fact.key);
      this.#ids.set(fact.key, id);
      if (!this.#columns.has(id)) this.#columns.set(id, factColumn(fact));
    }
    return id;
  }

  #use(id: number, used: Map<number, FactColumn>): void {
    if (used.has(id)) return;
    const column = this.#columns.get(id);
    if (column !== undefined) used.set(id, column);
  }
}

/** The row with more facts, which have no quantity. */
export const withFacts = (row: FactRow, ids: readonly number[]): FactRow => ({
  ...row,
  facts: [...new Set([...row.facts, ...ids])].sort(ascending),
});

const ascending = (a: number, b: number): number => a - b;
