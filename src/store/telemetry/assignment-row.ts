/** The cause that a stored failure belongs to, under one clustering. Identity: (project, clustering, anchor, trace id). */
export interface AssignmentRow {
  readonly project: string;
  readonly clustering: string;
  readonly traceId: string;
  /** That of the trace row. */
  readonly anchor: number;
  /** Id of the cause; '' for none. */
  readonly cluster: string;
  readonly distance: number;
  /** That of the trace row. */
  readonly environment: string;
  readonly detectorVersion: string;
  readonly version: number;
  /** Epoch milliseconds from which on the store drops it (to the day): receipt and the days that its project keeps. */
  readonly expires: number;
}
