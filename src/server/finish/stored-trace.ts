import type { RawRecord } from '../../collect/collect.ts';
import {
  conversationTrace,
  type RawConversation,
  type RawLog,
  type RawScore,
  type RawSpan,
  spanSize,
  traceOfRecords,
  withSentiment,
} from '../../collect/receive.ts';
import type { Score, Trace } from '../../contract/trace.ts';

/** A trace from which more than this is left out says so in a gap. */
const MAX_SPANS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** What stored records make. */
export interface Assembled {
  /** Null when they hold neither spans nor a conversation, or nothing but scores about other traces. */
  readonly trace: Trace | null;
  /** Scores that its spans hold about other traces. */
  readonly elsewhere: readonly RawScore[];
}

/** The trace of stored records; null for none. Of a huge one, the first spans and a gap. */
export const storedTrace = (
  traceId: string,
  records: readonly RawRecord[],
  format: string,
): Trace | null => assembled(traceId, records, format).trace;

/** The same with what it says about other traces. */
export function assembled(
  traceId: string,
  records: readonly RawRecord[],
  format: string,
): Assembled {
  const spans: RawSpan[] = [];
  const logs: RawLog[] = [];
  const scores: Score[] = [];
  let conversation: RawConversation | null = null;
  let bytes = 0;
  let leftOut = 0;
  for (const record of records) {
    if (record.kind === 'log') logs.push(record.log);
    else if (record.kind === 'score') scores.push(record.score.score);
    else if (record.kind === 'conversation') conversation = record.conversation;
    else {
      bytes += spanSize(record.span);
      if (spans.length < MAX_SPANS && bytes <= MAX_BYTES) spans.push(record.span);
      else leftOut++;
    }
  }
  const origin = { file: 'store', format, line: null };
  if (conversation !== null && spans.length === 0) {
    const trace = conversationTrace({ ...conversation, id: traceId }, origin);
    const all = [...trace.scores, ...scores.map(withSentiment)];
    return { trace: { ...trace, scores: all }, elsewhere: [] };
  }
  const made = traceOfRecords({ id: traceId, spans, logs, scores }, origin);
  if (made === null) return { trace: null, elsewhere: [] };
  const { elsewhere } = made;
  if (made.isCarrier) return { trace: null, elsewhere };
  if (leftOut === 0) return { trace: made.trace, elsewhere };
  const detail = `${leftOut} of ${leftOut + spans.length} spans are stored but were not looked at: the trace is too large`;
  const gaps = [...made.trace.gaps, { kind: 'unread_spans', spanId: null, detail } as const];
  return { trace: { ...made.trace, gaps }, elsewhere };
}
