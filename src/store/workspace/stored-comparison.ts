import type { Diff } from '../../contract/diff.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { JobProgress } from './jobs/job-queue.ts';
import type { WorkEnd, WorkState } from './kept-work.ts';

/** Two groups of stored traces that were compared, or will be. */
export interface StoredComparison {
  readonly id: string;
  readonly project: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Id of who asked for it, `local` on an open server; '' for one that began by itself. */
  readonly by: string;
  /** What is compared, as the API takes it. */
  readonly sides: JsonObject;
  readonly state: WorkState;
  /** Null unless it is running and has said where it is. */
  readonly progress: JobProgress | null;
  readonly started: number | null;
  readonly ended: number | null;
  /** What changed, in one sentence; null unless it is done. */
  readonly headline: Diff['headline'] | null;
  /** Why it failed. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What a comparison has found. */
export interface ComparisonResult {
  readonly headline: Diff['headline'];
  /** As JSON, compressed with zstd. */
  readonly report: Uint8Array;
}

/** Comparisons of projects. Of each, the last twenty that people asked for are kept, and the last twenty that began by themselves. */
export interface ComparisonStore {
  /** False, and nothing is added, where there is one of that id. */
  addComparison(comparison: StoredComparison): Promise<boolean>;
  comparison(project: string, id: string): Promise<StoredComparison | null>;
  /** Newest first. */
  comparisons(project: string): Promise<readonly StoredComparison[]>;
  /** The one to be worked on: running, as it was when a process died, or waiting for the longest. */
  nextComparison(project: string): Promise<StoredComparison | null>;
  /** False where it has ended already, or is not there. */
  moveComparison(project: string, id: string, to: WorkEnd<ComparisonResult>): Promise<boolean>;
  /** The state it is in; null where it is not kept any more. */
  setComparisonProgress(
    project: string,
    id: string,
    progress: JobProgress,
  ): Promise<WorkState | null>;
  /** `report` of the result; null unless it is done. */
  comparisonReport(project: string, id: string): Promise<Uint8Array | null>;
}
