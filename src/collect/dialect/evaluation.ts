import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score, SpanKind } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawScore, RawSpan } from '../record.ts';
import { type AttributeReading, field } from './attribute-reading.ts';

/** Name of the OTel event that carries one evaluation, on logs and on spans. */
export const EVALUATION_EVENT = 'gen_ai.evaluation.result';

/**
 * Scores that a span carries: evaluation events, OpenInference annotations (inline or about a linked span),
 * Logfire feedback, traceAI attributes, and the output of evaluator spans. Each names its target.
 */
export function spanScores(raw: RawSpan, reading: AttributeReading, kind: SpanKind): RawScore[] {
  const found: RawScore[] = [];
  for (const event of raw.events) {
    if (event.name !== EVALUATION_EVENT) continue;
    const score = evaluationScore(event.attributes, raw.spanId);
    if (score !== null) found.push(targeted(raw.traceId, score));
  }
  if (reading.lists.size > 0) for (const score of annotations(raw, reading)) found.push(score);
  for (const score of packedScores(raw)) found.push(score);
  const logfire = logfireFeedback(raw);
  if (logfire !== null) found.push(logfire);
  const own = evaluationScore(raw.attributes, null);
  if (own !== null) found.push(aboutTarget(raw, own));
  if (found.length === 0 && kind === 'evaluator')
    for (const score of outputScores(raw, reading)) found.push(score);
  return found;
}

/** Score in `gen_ai.evaluation.*` attributes, null without a name. */
export function evaluationScore(attributes: JsonObject, spanId: string | null): Score | null {
  const name = stringOf(attributes['gen_ai.evaluation.name']);
  if (name === null) return null;
  return {
    name,
    value: numberOf(attributes['gen_ai.evaluation.score.value']),
    label: stringOf(attributes['gen_ai.evaluation.score.label']),
    explanation: stringOf(attributes['gen_ai.evaluation.explanation']),
    annotator: 'unknown',
    spanId,
  };
}

const targeted = (traceId: string | null, score: Score): RawScore => ({
  traceId,
  sessionId: null,
  responseId: null,
  score,
});

/** Target of an evaluator span: its link, the span it names, else its parent. */
function aboutTarget(raw: RawSpan, score: Score): RawScore {
  const link = raw.links[0];
  if (link !== undefined) return targeted(link.traceId, { ...score, spanId: link.spanId || null });
  const named = stringOf(raw.attributes['gen_ai.evaluation.target_span_id']);
  return targeted(raw.traceId, { ...score, spanId: named ?? raw.parentId ?? raw.spanId });
}

const SCOPES = [
  ['annotations', 'span'],
  ['evaluations', 'span'],
  ['trace.annotations', 'trace'],
  ['trace.evaluations', 'trace'],
  ['session.annotations', 'session'],
  ['session.evaluations', 'session'],
] as const;

function annotations(raw: RawSpan, reading: AttributeReading): RawScore[] {
  const found: RawScore[] = [];
  for (const [family, scope] of SCOPES) {
    for (const item of reading.lists.get(family) ?? []) {
      const score = annotationScore(item);
      if (score === null) continue;
      const link = raw.links[0];
      const traceId = link?.traceId ?? raw.traceId;
      if (scope === 'span') {
        found.push(targeted(traceId, { ...score, spanId: link?.spanId ?? raw.spanId }));
      } else if (scope === 'trace') found.push(targeted(traceId, score));
      else found.push({ ...targeted(null, score), sessionId: sessionOf(reading) });
    }
  }
  return found;
}

const sessionOf = (reading: AttributeReading): string | null =>
  stringOf(field(reading, 'session') ?? null);

function annotationScore(item: Json): Score | null {
  if (!isRecord(item)) return null;
  const inner = item['annotation'] ?? item['evaluation'] ?? item;
  return isRecord(inner) ? plainScore(inner, stringOf(inner['name'])) : null;
}

function plainScore(item: JsonObject, name: string | null): Score | null {
  if (name === null) return null;
  const raw = pick(item, 'score', 'value');
  const value = typeof raw === 'boolean' ? Number(raw) : numberOf(raw);
  const passed = item['passed'];
  const explanation = pick(item, 'explanation', 'reason', 'reasoning', 'rationale', 'comment');
  return {
    name,
    value: value ?? (typeof passed === 'boolean' ? Number(passed) : null),
    label: stringOf(item['label']) ?? (typeof raw === 'string' && value === null ? raw : null),
    explanation: stringOf(explanation),
    annotator: annotatorOf(stringOf(item['annotator_kind'])),
    spanId: null,
  };
}

function annotatorOf(kind: string | null): Score['annotator'] {
  if (kind === 'HUMAN') return 'human';
  if (kind === 'LLM') return 'model';
  return kind === 'CODE' ? 'code' : 'unknown';
}

/** Braintrust writes all scores of a span as one JSON map. */
function packedScores(raw: RawSpan): RawScore[] {
  const held = raw.attributes['braintrust.scores'];
  if (held === undefined) return [];
  return Object.entries(recordOf(held)).flatMap(([name, value]) => {
    const score = plainScore({ score: value ?? null }, name);
    if (score === null || (score.value === null && score.label === null)) return [];
    return [targeted(raw.traceId, { ...score, spanId: raw.spanId })];
  });
}

/** Logfire writes the value under the feedback's name, on a child of the scored span. */
function logfireFeedback(raw: RawSpan): RawScore | null {
  const name = stringOf(raw.attributes['logfire.feedback.name']);
  if (name === null) return null;
  const held = raw.attributes[name];
  const value = typeof held === 'boolean' ? Number(held) : numberOf(held);
  return targeted(raw.traceId, {
    name,
    value,
    label: typeof held === 'string' && value === null ? held : null,
    explanation: stringOf(raw.attributes['logfire.feedback.comment']),
    annotator: 'human',
    spanId: raw.parentId,
  });
}

const JUDGED = ['score', 'label', 'passed', 'value'] as const;

function outputScores(raw: RawSpan, reading: AttributeReading): RawScore[] {
  const output = field(reading, 'toolResult');
  if (output === undefined) return [];
  const parsed = structured(output);
  const items = isList(parsed) ? parsed : [parsed];
  return items.flatMap((item) => {
    const number = numberOf(item);
    const judged = isRecord(item) ? item : number === null ? null : { score: number };
    if (judged === null || !JUDGED.some((key) => key in judged)) return [];
    const score = plainScore(judged, stringOf(judged['name']) ?? raw.name);
    return score === null ? [] : [aboutTarget(raw, score)];
  });
}
