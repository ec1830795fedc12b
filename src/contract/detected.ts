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
  readonly gaps: readonly { readonly kind: GapKind; readonly count: number }[];
  /** Signals dropped because their quote was not in the trace. 0 unless a detector is wrong. */
  readonly unverified: number;
}

export interface DetectorCount {
  readonly id: string;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
}
