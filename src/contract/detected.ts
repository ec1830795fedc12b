import type { Judging } from './analysis.ts';
import type { Failure } from './failure.ts';
import type { GapKind, Trace } from './trace.ts';

/** What `detect` found in a population of traces. */
export interface Detected {
  /** The drawn sample, in an order that depends on ids and seed alone. */
  readonly failures: readonly Failure[];
  /** A sample of traces no detector objects to, for contrast; at most half the sample's size. */
  readonly passing: readonly Trace[];
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
  readonly detectors: readonly DetectorCount[];
  /** What a model was asked; null when none was. */
  readonly judging: Judging | null;
  readonly gaps: readonly { readonly kind: GapKind; readonly count: number }[];
}

export interface DetectorCount {
  readonly id: string;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  /** Claims dropped because their quote was not in the trace. */
  readonly unverified: number;
  /** Traces on which it failed; they count as unknown too. */
  readonly errors: number;
  readonly firstError: string | null;
}
