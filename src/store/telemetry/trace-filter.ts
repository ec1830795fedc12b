import type { TraceStatus } from '../../contract/trace.ts';

/** Which traces of a project; everything given must hold. */
export interface TraceFilter {
  readonly project: string;
  /** Only these traces; at most 2,000. */
  readonly ids?: readonly string[];
  /** Epoch milliseconds of the anchor, inclusive. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  readonly status?: TraceStatus;
  readonly eligible?: boolean;
  readonly failed?: boolean;
  /** A score by name with a value in [atLeast, below). */
  readonly score?: { readonly name: string; readonly atLeast?: number; readonly below?: number };
  /** A detector that said yes. */
  readonly signal?: string;
  readonly tenant?: string;
  readonly user?: string;
  readonly session?: string;
  readonly environment?: string;
  readonly release?: string;
  readonly promptVersion?: string;
  readonly model?: string;
  readonly source?: string;
  /** Failures that belong to this cause of the rolling clustering; '' for those that belong to none. */
  readonly cause?: string;
  /** All of these words are in the output: letters and digits, whatever their case. */
  readonly words?: string;
  /** Of the traces that all else selects, a random draw. */
  readonly draw?: TraceDraw;
}

/** The same traces each time, as long as the same are stored. */
interface TraceDraw {
  /** Traces at most, of each stratum. */
  readonly most: number;
  /** Draws as many from each value; null: from all together. */
  readonly by: TraceFacet | null;
  readonly seed: number;
}

/** Counts by cause have days too: dates in UTC. */
export type CauseFacet = TraceFacet | 'day';

/** What traces can be counted by. */
export type TraceFacet =
  | 'promptVersion'
  | 'tenant'
  | 'release'
  | 'model'
  | 'environment'
  | 'source'
  | 'status';

export interface PageRequest {
  /** 1 to 1,000. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Cursor of the next page, null on the last. */
  readonly next: string | null;
}
