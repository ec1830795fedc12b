import { spanScores } from '../dialect/evaluation.ts';
import { readSpan } from '../dialect/read-span.ts';
import type { RawScore, RawSpan } from '../record.ts';

/** Scores that a span carries about other traces, which it links to: judgements that were made afterwards. */
export function linkedScores(raw: RawSpan): readonly RawScore[] {
  if (!raw.links.some(({ traceId }) => traceId !== raw.traceId)) return NONE;
  const { span, attributes } = readSpan(raw);
  return spanScores(raw, attributes, span.kind).filter(
    ({ traceId }) => traceId !== null && traceId !== raw.traceId,
  );
}

const NONE: readonly RawScore[] = [];
