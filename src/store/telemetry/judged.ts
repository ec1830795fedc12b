import type { TraceFilter } from './trace-filter.ts';

/** Finished traces that an online judge is to score. */
export interface UnjudgedRequest extends TraceFilter {
  /** Traces that began before are not scored any more. */
  readonly from: number;
  /** Name of the judge, which is that of its score. */
  readonly judge: string;
  /** A secret: who chooses trace ids cannot choose what is scored. */
  readonly salt: string;
  /** Share of the traces: above 0, at most 1. */
  readonly rate: number;
  /** Ids of traces that are left out. */
  readonly without: readonly string[];
}

export interface Unjudged {
  /** Those received last first. */
  readonly traceIds: readonly string[];
  /** With those that are not among the ids. */
  readonly total: number;
  /** When the one that has waited for longest was received; epoch milliseconds, null for none. */
  readonly oldest: number | null;
}

/** How often a judge gave a label. */
export interface JudgedCount {
  readonly label: string;
  readonly inHour: number;
  readonly inDay: number;
  /** When it was last given; epoch milliseconds. */
  readonly last: number;
}
