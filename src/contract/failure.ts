import type { FactRow } from './fact-rows.ts';
import type { Signal } from './signal.ts';
import type { Trace } from './trace.ts';

/** A sampled trace that failed (or, with `--all`, any trace). */
export interface Failure {
  readonly trace: Trace;
  /** False only with `--all`. */
  readonly failed: boolean;
  /** Signals that said yes, strongest first. */
  readonly signals: readonly Signal[];
  /** The likeliest root cause: the first signal that says why; null when all only say that the trace failed. */
  readonly cause: Signal | null;
  /** With `causeFacts` of its cause. */
  readonly facts: FactRow;
  /** First upstream span that went wrong; null when the trace has no spans. */
  readonly rootSpanId: string | null;
  /** Number of traces in the population that this one stands for, 1 or more. */
  readonly weight: number;
}

/**
 * Representations of a failure. `brief`: what went wrong, ids and names masked; `structure`: execution signature;
 * `facts`: what the run did, what came back, how it ended, and what detectors say, not as text.
 */
export type View = TextView | 'facts';
export type TextView = 'input' | 'output' | 'both' | 'brief' | 'structure';

/** A view and its share in a combination; shares sum to 1. */
export interface WeightedView {
  readonly view: View;
  readonly weight: number;
}
