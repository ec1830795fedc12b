import type { FactRow } from '../../contract/fact-rows.ts';
import type { Ledger, LedgerColumn, LedgerFailure, LedgerList } from '../../contract/ledger.ts';
import type { Trace } from '../../contract/trace.ts';
import { samplingKey } from '../../text/hash.ts';
import { naturalOrder } from '../../text/natural-order.ts';
import { KeptNames } from '../file/kept-names.ts';
import { attributesOf, toolsOf } from './attributes.ts';
import { LedgerScores, type LedgerScoresState } from './ledger-scores.ts';

/** Above as many traces, a random draw of them is kept. */
const MOST_ROWS = 200_000;
const MOST_NAMES = 100;
const MOST_VALUES = 1_000;
/** Of files, and of the attribute that sides are told by. */
const MOST_SIDES = 50_000;
const INPUT = 200;
const LISTS: ReadonlySet<string> = new Set(['tool', 'tag']);

/** Values of one attribute as small numbers; null once there are too many. */
interface Values {
  readonly id: number;
  numbers: Map<string, number> | null;
}

export interface LedgerOptions {
  /** Name of the attribute that sides are told by. */
  readonly by: string | null;
}

export interface LedgerState {
  readonly seen: number;
  readonly names: ReadonlyMap<string, Values>;
  readonly positions: readonly number[];
  readonly startTimes: readonly number[];
  readonly failed: readonly number[];
  readonly inputs: readonly string[];
  /** Name and value of each attribute in turn; row r has them up to `ends[r]`. */
  readonly pairs: readonly number[];
  readonly ends: readonly number[];
  readonly failures: readonly LedgerFailure[];
  readonly scores: LedgerScoresState;
}

/** Keeps a row for every eligible trace, or above 200,000 for those whose sampling key is low. */
export class LedgerTally {
  readonly #seed: number;
  readonly #limit: number;
  readonly #by: string | null;
  /** Attributes that every trace may have, and the one that sides are told by. */
  readonly #fixed = new Map<string, Values>();
  /** Keys of metadata: of more than 100, those of the lowest hash. */
  readonly #names = new KeptNames<Values>(MOST_NAMES);
  readonly #positions: number[] = [];
  readonly #startTimes: number[] = [];
  readonly #failed: number[] = [];
  readonly #inputs: string[] = [];
  readonly #pairs: number[] = [];
  readonly #ends: number[] = [];
  readonly #failures: LedgerFailure[] = [];
  readonly #scores = new LedgerScores();
  #seen = 0;
  #nextId = 0;

  /**
   * @param by attribute that is kept whatever else there is.
   * @param traces eligible traces of the input, where that is known.
   */
  constructor({ by }: LedgerOptions, seed: number, traces: number | null) {
    this.#by = by;
    this.#seed = seed;
    this.#limit = traces === null || traces <= MOST_ROWS ? 1 : MOST_ROWS / traces;
  }

  /** @param facts of the trace, asked for only where it failed. */
  add(trace: Trace, position: number, failed: boolean, facts: () => FactRow): void {
    this.#seen += 1;
    if (samplingKey(trace.id, this.#seed) >= this.#limit) return;
    for (const [name, value] of attributesOf(trace)) this.#pair(name, value);
    for (const tool of toolsOf(trace)) this.#pair('tool', tool);
    for (const tag of new Set(trace.tags)) this.#pair('tag', tag);
    if (failed) this.#failures.push({ row: this.#positions.length, id: trace.id, facts: facts() });
    this.#scores.add(trace, this.#positions.length);
    this.#ends.push(this.#pairs.length);
    this.#positions.push(position);
    this.#startTimes.push(trace.startTime ?? Number.NaN);
    this.#failed.push(Number(failed));
    this.#inputs.push(trace.input.slice(0, INPUT));
  }

  state(): LedgerState {
    return {
      seen: this.#seen,
      names: new Map(this.#entries()),
      positions: this.#positions,
      startTimes: this.#startTimes,
      failed: this.#failed,
      inputs: this.#inputs,
      pairs: this.#pairs,
      ends: this.#ends,
      failures: this.#failures,
      scores: this.#scores.state(),
    };
  }

  merge(other: LedgerState): void {
    this.#seen += other.seen;
    const first = this.#positions.length;
    const spelled = new Map<
      number,
      { readonly name: string; readonly values: readonly string[] }
    >();
    for (const [name, { id, numbers }] of other.names) {
      if (numbers !== null) spelled.set(id, { name, values: [...numbers.keys()] });
      else {
        const own = this.#valuesOf(name);
        if (own !== undefined) own.numbers = null;
      }
    }
    let at = 0;
    for (const [row, position] of other.positions.entries()) {
      for (; at < other.ends[row]!; at += 2) {
        const found = spelled.get(other.pairs[at]!);
        if (found !== undefined) this.#pair(found.name, found.values[other.pairs[at + 1]!]!);
      }
      this.#ends.push(this.#pairs.length);
      this.#positions.push(position);
      this.#startTimes.push(other.startTimes[row]!);
      this.#failed.push(other.failed[row]!);
      this.#inputs.push(other.inputs[row]!);
    }
    this.#scores.merge(other.scores, first);
    for (const failure of other.failures)
      this.#failures.push({ ...failure, row: first + failure.row });
  }

  finish(): Ledger {
    const order = this.#positions.map((_, row) => row);
    order.sort((a, b) => this.#positions[a]! - this.#positions[b]!);
    const placeOf = new Int32Array(order.length);
    for (const [place, row] of order.entries()) placeOf[row] = place;
    const columns: LedgerColumn[] = [];
    const lists: LedgerList[] = [];
    const tooMany: string[] = [];
    for (const [name, { id, numbers }] of this.#entries()) {
      if (numbers === null) tooMany.push(name);
      else if (LISTS.has(name)) lists.push({ name, ...this.#listOf(id, numbers, order) });
      else columns.push({ name, ...this.#columnOf(id, numbers, placeOf) });
    }
    return {
      eligible: this.#seen,
      rows: order.length,
      startTime: Float64Array.from(order, (row) => this.#startTimes[row]!),
      failed: Uint8Array.from(order, (row) => this.#failed[row]!),
      inputs: order.map((row) => this.#inputs[row]!),
      columns,
      lists,
      tooMany,
      scores: this.#scores.finish(placeOf),
      failures: this.#failures
        .map((failure) => ({ ...failure, row: placeOf[failure.row]! }))
        .sort((a, b) => a.row - b.row),
    };
  }

  #columnOf(id: number, numbers: ReadonlyMap<string, number>, placeOf: Int32Array) {
    const { values, placeOfNumber } = inNaturalOrder(numbers);
    const at = new Int32Array(placeOf.length).fill(-1);
    let pair = 0;
    for (const [row, end] of this.#ends.entries())
      for (; pair < end; pair += 2)
        if (this.#pairs[pair] === id) at[placeOf[row]!] = placeOfNumber[this.#pairs[pair + 1]!]!;
    return { values, at };
  }

  #listOf(id: number, numbers: ReadonlyMap<string, number>, order: readonly number[]) {
    const { values, placeOfNumber } = inNaturalOrder(numbers);
    const ends = new Uint32Array(order.length);
    const items: number[] = [];
    for (const [place, row] of order.entries()) {
      const own: number[] = [];
      for (let pair = this.#ends[row - 1] ?? 0; pair < this.#ends[row]!; pair += 2)
        if (this.#pairs[pair] === id) own.push(placeOfNumber[this.#pairs[pair + 1]!]!);
      items.push(...own.sort((a, b) => a - b));
      ends[place] = items.length;
    }
    return { values, ends, items: Int32Array.from(items) };
  }

  #valuesOf(name: string): Values | undefined {
    const make = (): Values => ({ id: this.#nextId++, numbers: new Map() });
    if (name.startsWith('metadata.') && name !== this.#by) return this.#names.of(name, make);
    let values = this.#fixed.get(name);
    if (values === undefined) {
      values = make();
      this.#fixed.set(name, values);
    }
    return values;
  }

  /** By name, ascending. */
  #entries(): readonly (readonly [string, Values])[] {
    return [...this.#fixed, ...this.#names.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #pair(name: string, value: string): void {
    const values = this.#valuesOf(name);
    if (values === undefined || values.numbers === null) return;
    let number = values.numbers.get(value);
    if (number === undefined) {
      number = values.numbers.size;
      values.numbers.set(value, number);
      const most = name === 'file' || name === this.#by ? MOST_SIDES : MOST_VALUES;
      if (number >= most) values.numbers = null;
    }
    this.#pairs.push(values.id, number);
  }
}

function inNaturalOrder(numbers: ReadonlyMap<string, number>) {
  const values = [...numbers.keys()].sort(naturalOrder);
  const placeOfNumber = new Int32Array(values.length);
  for (const [place, value] of values.entries()) placeOfNumber[numbers.get(value)!] = place;
  return { values, placeOfNumber };
}
