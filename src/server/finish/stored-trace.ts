import type { RawRecord } from '../../collect/collect.ts';
import {
  conversationTrace,
  type RawConversation,
  type RawLog,
  type RawSpan,
  spanSize,
  traceOfRecords,
  withSentiment,
} from '../../collect/receive.ts';
import type { Score, Trace } from '../../contract/trace.ts';

/** A trace from which more than this is left out says so in a gap. */
const MAX_SPANS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The trace of stored records; null when they hold neither spans nor a conversation. Of a huge one, the first spans and a gap. */
export function storedTrace(
  traceId: string,
  records: readonly RawRecord[],
  format: string,
): Trace | null {
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
    return { ...trace, scores: [...trace.scores, ...scores.map(withSentiment)] };
  }
  const made = traceOfRecords({ id: traceId, spans, logs, scores }, origin);
  if (made === null || made.isCarrier) return null;
  if (leftOut === 0) return made.trace;
  const detail = `${leftOut} of ${leftOut + spans.length} spans are stored but were not looked at: the trace is too large`;
  return {
    ...made.trace,
    gaps: [...made.trace.gaps, { kind: 'unread_spans', spanId: null, detail }],
  };
}
