import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { annotatorOf } from './score.ts';
import type { Shape } from './shape.ts';
import { scoreRecord, spanIdOf, spanRecord, traceIdOf } from './span.ts';
import { fromContext } from './span-dump.ts';

const annotation: Shape = {
  format: 'phoenix-annotation',
  clues: ['annotator_kind', 'annotation_name'],
  matches: (value) =>
    ('span_id' in value || 'trace_id' in value || 'session_id' in value) &&
    ('annotator_kind' in value || 'annotation_name' in value) &&
    ('name' in value || 'annotation_name' in value),
  read: annotationRecord,
};

/** A recorded call of the annotation API: `{path, body: {data: […]}}`. */
const annotationCall: Shape = {
  format: 'phoenix-annotation',
  clues: ['body'],
  matches: (value) => isList(recordOf(value['body'])['data']) && 'path' in value,
  read: (value) => recordsIn(recordOf(value['body'])['data']).flatMap(annotationRecord),
};

/** What `px trace --format raw` prints. */
const cliTrace: Shape = {
  format: 'phoenix-trace',
  clues: ['traceId'],
  matches: (value) => 'traceId' in value && isList(value['spans']),
  read: (value) => [
    ...recordsIn(value['spans']).map((span) =>
      spanRecord(fromContext({ ...span, context: contextOf(span, value) })),
    ),
    ...[...recordsIn(value['annotations']), ...recordsIn(value['notes'])].flatMap((each) =>
      annotationRecord({ trace_id: value['traceId'], ...each }),
    ),
  ],
};

/** A row of the spans dataframe: `context.span_id`, `attributes.llm.model_name`, … as columns. */
const dataframeRow: Shape = {
  format: 'phoenix-dataframe',
  clues: ['context.span_id', 'context.trace_id'],
  matches: (value) => 'context.span_id' in value || 'context.trace_id' in value,
  read: (row) => {
    const attributes: Record<string, Json> = {};
    for (const [key, cell] of Object.entries(row)) {
      if (!key.startsWith('attributes.') || cell === null || cell === undefined) continue;
      attributes[key.slice('attributes.'.length)] = structured(cell);
    }
    const context = { trace_id: row['context.trace_id'], span_id: row['context.span_id'] };
    const events = structured(row['events'] ?? null);
    const span = fromContext({ ...row, context, attributes, events });
    return [spanRecord(span), ...evaluations(row, span.traceId, span.spanId)];
  },
};

export const phoenixShapes: readonly Shape[] = [annotationCall, annotation, cliTrace, dataframeRow];

function contextOf(span: JsonObject, trace: JsonObject): JsonObject {
  const context = recordOf(span['context']);
  return {
    trace_id: context['trace_id'] ?? trace['traceId'],
    span_id: pick(context, 'span_id') ?? pick(span, 'span_id', 'spanId', 'id'),
  };
}

function annotationRecord(value: JsonObject): readonly RawRecord[] {
  const name = stringOf(pick(value, 'name', 'annotation_name'));
  if (name === null) return [];
  const result = recordOf(value['result']);
  const spanId = spanIdOf(pick(value, 'span_id', 'id'));
  const traceId = traceIdOf(value['trace_id']);
  const sessionId = stringOf(value['session_id']);
  return [
    scoreRecord({
      traceId: traceId === '' ? null : traceId,
      sessionId,
      responseId: null,
      score: {
        name,
        value: numberOf(result['score'] ?? value['result.score'] ?? value['score']),
        label: stringOf(result['label'] ?? value['result.label'] ?? value['label']),
        explanation: stringOf(
          result['explanation'] ?? value['result.explanation'] ?? value['explanation'],
        ),
        annotator: annotatorOf(stringOf(value['annotator_kind'])),
        spanId: 'span_id' in value && spanId !== '' ? spanId : null,
      },
    }),
  ];
}

const EVALUATION = /^eval\.(.{1,100})\.(score|label|explanation)$/;

/** Older dataframes carry `eval.<name>.score`, `.label` and `.explanation` beside the span. */
function evaluations(row: JsonObject, traceId: string, spanId: string): RawRecord[] {
  const names = new Set<string>();
  for (const key of Object.keys(row)) {
    const name = EVALUATION.exec(key)?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names].flatMap((name) => {
    const part = (field: string) => row[`eval.${name}.${field}`];
    const value = numberOf(part('score'));
    const label = stringOf(part('label'));
    if (value === null && label === null) return [];
    const explanation = stringOf(part('explanation'));
    const score = { name, value, label, explanation, annotator: 'model' as const, spanId };
    return [scoreRecord({ traceId, sessionId: null, responseId: null, score })];
  });
}

function recordsIn(value: Json | undefined): JsonObject[] {
  return isList(value) ? value.filter((item): item is JsonObject => isRecord(item)) : [];
}
