import type { RawRecord } from '../../collect/collect.ts';

/** What the store keeps as received: a span, a log event of a trace, or a run that has no spans. */
export type StoredRecord = Exclude<RawRecord, { readonly kind: 'score' }>;

/**
 * A record as received, from which its trace can be assembled at any time. Identity: a span by
 * (project, trace id, span id), where the more complete one wins and among equals the later; a log event by its
 * content; a conversation by (project, trace id).
 */
export interface RecordRow {
  readonly project: string;
  /** Of the span; of the log event, which must have one; given to a conversation by whoever received it. */
  readonly traceId: string;
  readonly record: StoredRecord;
  /** Shape or protocol it arrived in, as in `Origin.format`: `otlp`, `langfuse-observation`. */
  readonly format: string;
  /** Epoch milliseconds, with fractions; orders the records of a trace as they arrived. */
  readonly received: number;
  /** Epoch milliseconds from which on the store drops it (to the day): receipt and the days that its project keeps. */
  readonly expires: number;
}
