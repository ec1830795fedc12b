import type { Score } from '../../contract/trace.ts';

/** A score that arrived apart from its span. Identity: (project, trace id, span id, name, source, id); the highest version wins. */
export interface ScoreRow {
  readonly project: string;
  /** '' when it names its trace only by session or response. */
  readonly traceId: string;
  readonly sessionId: string;
  readonly responseId: string;
  readonly score: Score;
  /** As its sender gave it; '' for that of its trace. */
  readonly environment: string;
  /** Where it came from: `otlp`, `langfuse`, `api`. */
  readonly source: string;
  /** Id that its sender gave it; '' when none: then the same score sent twice counts once. */
  readonly id: string;
  /** Epoch milliseconds when it was first given; an update repeats it. */
  readonly at: number;
  /** Epoch milliseconds of this version. */
  readonly version: number;
  /** Epoch milliseconds from which on the store drops it (to the day): receipt and the days that its project keeps. */
  readonly expires: number;
}
