/**
 * The cause that a stored failure belongs to, under one clustering. Also one for each trace that was judged again, whether
 * it failed or not: it says by which version. Identity: (project, clustering, anchor, trace id); the highest `version` wins.
 */
export interface AssignmentRow {
  readonly project: string;
  /** One that lasts: its later analyses replace the rows of earlier ones. */
  readonly clustering: string;
  readonly traceId: string;
  /** That of the trace row. */
  readonly anchor: number;
  /** Id of the cause; '' for none. */
  readonly cluster: string;
  /** 0 where it meets the condition of its cause alone, 1 − 1/n where it meets those of n: then it lies at the edge. */
  readonly distance: number;
  /** That of the trace row. */
  readonly environment: string;
  /** What judged the trace last, and found the same as its row. */
  readonly detectorVersion: string;
  /** `assignmentVersion`. */
  readonly version: number;
  /** Epoch milliseconds from which on the store drops it (to the day): receipt and the days that its project keeps. */
  readonly expires: number;
}

/** The causes of the last weeks, kept current. */
export const ROLLING = 'rolling';

/**
 * Orders assignments of one trace: by the analysis, and among those of one analysis by the version of the trace.
 * @param analyzed when the analysis was made; epoch milliseconds.
 */
export const assignmentVersion = (analyzed: number, traceVersion: number): number =>
  analyzed * MOST_VERSIONS + Math.min(traceVersion, MOST_VERSIONS - 1);

/** Together with the milliseconds below 2^53 until 2255. */
export const MOST_VERSIONS = 1000;
