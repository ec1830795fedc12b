import type { RawScore } from '../../../collect/collect.ts';
import type { Score } from '../../../contract/trace.ts';

/** A row of `scores` as JSON. */
export interface ScoreJson {
  readonly trace_id: string;
  readonly session_id: string;
  readonly response_id: string;
  readonly span_id: string;
  readonly name: string;
  readonly value: number | null;
  readonly label: string;
  readonly explanation: string;
  readonly annotator: Score['annotator'];
}

export const SCORE_COLUMNS: string = [
  ...['trace_id', 'session_id', 'response_id', 'span_id', 'name', 'value', 'label'],
  ...['explanation', 'annotator'],
].join(', ');

export const scoreOfJson = (row: ScoreJson): RawScore => ({
  traceId: row.trace_id || null,
  sessionId: row.session_id || null,
  responseId: row.response_id || null,
  score: {
    name: row.name,
    value: row.value,
    label: JSON.parse(row.label) as string | null,
    explanation: JSON.parse(row.explanation) as string | null,
    annotator: row.annotator,
    spanId: row.span_id || null,
  },
});
