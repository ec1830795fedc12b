/** A run of suites that was made elsewhere and sent to the server. */
export interface SentRun {
  readonly project: string;
  /** As `culprit eval` named it; once in a project. */
  readonly id: string;
  /** When it began; epoch milliseconds. */
  readonly at: number;
  /** Who sent it: id of a key or person. */
  readonly by: string;
  /** Header, end and titles of its causes as JSON, compressed with zstd. */
  readonly summary: Uint8Array;
  /** What its page shows as JSON, compressed with zstd. */
  readonly report: Uint8Array;
}

/** Runs that were sent. */
export interface SentRuns {
  /** Replaces one of the same id; keeps the last 200 of the project. */
  addRun(run: SentRun): Promise<void>;
  /** The last ones, oldest first. */
  sentRuns(project: string): Promise<readonly Omit<SentRun, 'report'>[]>;
  /** `report` of one; null for none. */
  sentReport(project: string, id: string): Promise<Uint8Array | null>;
}

export const MOST_SENT_RUNS = 200;
