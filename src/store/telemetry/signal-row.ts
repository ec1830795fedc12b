import type { Verdict } from '../../contract/signal.ts';

/** One piece of evidence of what a detector said about a trace. Identity: all fields but verdict, quote and version. */
export interface SignalRow {
  readonly project: string;
  readonly detector: string;
  /** That of the trace row. */
  readonly anchor: number;
  readonly traceId: string;
  readonly spanId: string;
  /** JSON Pointer into the canonical trace. */
  readonly path: string;
  readonly verdict: Verdict;
  readonly quote: string;
  /** That of the trace row. */
  readonly environment: string;
  readonly detectorVersion: string;
  /** That of the trace row: readers take only signals of the present version. */
  readonly version: number;
  /** Epoch milliseconds from which on the store drops it (to the day): receipt and the days that its project keeps. */
  readonly expires: number;
}
