import type { FactRow } from './fact-rows.ts';

/**
 * Every eligible trace of an input, as far as it matters to compare groups of them: whether it failed, when it began, and
 * what was recorded about it. Rows are in the order of the input. Above 200,000 traces a random draw of them is kept.
 */
export interface Ledger {
  /** Eligible traces of the input. */
  readonly eligible: number;
  readonly rows: number;
  /** Epoch milliseconds; NaN where it was not recorded. */
  readonly startTime: Float64Array;
  /** 1 where the trace failed. */
  readonly failed: Uint8Array;
  /** The first 200 characters of what was asked. */
  readonly inputs: readonly string[];
  /** Attributes with one value a trace, by name. */
  readonly columns: readonly LedgerColumn[];
  /** Attributes with several: `tool`, `tag`. */
  readonly lists: readonly LedgerList[];
  /** Names of attributes left out because they have over 1,000 values. */
  readonly tooMany: readonly string[];
  /** Scores by name, ascending; at most 64. */
  readonly scores: readonly LedgerScore[];
  /** The failed traces, in the order of their rows. */
  readonly failures: readonly LedgerFailure[];
}

/**
 * `file`, `project`, `promptName`, `promptVersion`, `release`, `model`, `tenant`, `environment`, `operation`, `language`,
 * or `metadata.<key>`, nested keys with dots.
 */
export interface LedgerColumn {
  readonly name: string;
  /** In natural order. */
  readonly values: readonly string[];
  /** Of each row the position in `values`; -1 where nothing was recorded. */
  readonly at: Int32Array;
}

export interface LedgerList {
  readonly name: string;
  readonly values: readonly string[];
  /** Row r has `items` from `ends[r - 1]` (0 for the first) to `ends[r]`: positions in `values`, ascending, each once. */
  readonly ends: Uint32Array;
  readonly items: Int32Array;
}

/** A score: words that pass or fail count as 1 and 0, several values of one trace as their mean. */
export interface LedgerScore {
  readonly name: string;
  /** Rows that have it, ascending, and its value in each. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

export interface LedgerFailure {
  readonly row: number;
  /** Of the trace. */
  readonly id: string;
  /** Conditions of causes can be evaluated on them. */
  readonly facts: FactRow;
}
