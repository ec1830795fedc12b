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
  readonly promptName?: string;
  readonly promptVersion?: string;
  readonly model?: string;
  readonly source?: string;
  /** Failures that count for this cause of the rolling clustering; '' for those that count for none. */
  readonly cause?: string;
  /** Which failures count for which cause; without them, as they are assigned. */
  readonly rules?: CauseRules;
  /** All of these words are in the output: letters and digits, whatever their case. */
  readonly words?: string;
  /** Of the traces that all else selects, a random draw. */
  readonly draw?: TraceDraw;
}

/** What people have decided about where failures count. */
export interface CauseRules {
  /** Of a cause that was merged into others: the one that its failures count for. */
  readonly merged: ReadonlyMap<string, string>;
  /** By trace id the cause that a failure counts for, whatever it is assigned to; '' for none. */
  readonly placed: ReadonlyMap<string, string>;
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

/** The dimension that tells versions of an application apart. */
export type VersionFacet = Extract<TraceFacet, 'promptVersion' | 'release'>;

/** Stretches of time in UTC. */
export type TimeFacet = 'day' | 'hour';

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
