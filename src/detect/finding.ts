import type { Evidence, Statement, Tier } from '../contract/signal.ts';

/**
 * What a detector found in a trace. `run.finding` is the only way to make one, and it needs a verbatim
 * quote; the detector's id, tier and category are added to it afterward.
 */
export interface Finding {
  /** Default: the detector's own. */
  readonly category?: string | null;
  /** Default: that of the category. */
  readonly tier?: Tier;
  readonly cause: readonly string[];
  readonly statement: Statement;
  readonly confidence: number;
  readonly spanId: string | null;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}
