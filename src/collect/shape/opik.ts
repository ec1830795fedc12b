import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, textOf } from '../json/json-value.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { annotatorOf } from './score.ts';
import { scoreColumn } from './score-column.ts';
import type { Shape } from './shape.ts';
import {
  filled,
  parentIdOf,
  rawSpan,
  scoreRecord,
  spanIdOf,
  spanRecord,
  traceIdOf,
} from './span.ts';
import { timeOf } from './time.ts';

/** What `opik export` writes: one trace with its spans. */
const exported: Shape = {
  format: 'opik-trace',
  clues: ['trace', 'start_time'],
  matches: (value) =>
    isRecord(value['trace']) && isList(value['spans']) && 'start_time' in value['trace'],
  read: (value) => {
    const trace = recordOf(value['trace']);
    const spans = isList(value['spans']) ? value['spans'].filter(isRecord) : [];
    const root = spanIdOf(trace['id']);
    return [...traceRecords(trace), ...spans.flatMap((span) => spanRecords(span, root))];
  },
};

/** A row of the REST API or the UI export of traces. */
const trace: Shape = {
  format: 'opik-trace',
  clues: ['trace', 'start_time'],
  matches: (value) =>
    'id' in value &&
    'start_time' in value &&
    !('trace_id' in value) &&
    (isList(value['feedback_scores']) ||
      'total_estimated_cost' in value ||
      'error_info' in value ||
      Object.keys(value).some((key) => key.startsWith('feedback_scores.'))),
  read: traceRecords,
};

const span: Shape = {
  format: 'opik-span',
  clues: ['parent_span_id', 'error_info', 'total_estimated_cost'],
  matches: (value) =>
    'id' in value &&
    'trace_id' in value &&
    'start_time' in value &&
    'type' in value &&
    ('error_info' in value || 'total_estimated_cost' in value || 'parent_span_id' in value),
  read: (value) => spanRecords(value, null),
};

export const opikShapes: readonly Shape[] = [exported, trace, span];

const KINDS: Readonly<Record<string, string>> = {
  llm: 'LLM',
  tool: 'TOOL',
  guardrail: 'GUARDRAIL',
  general: 'CHAIN',
};

function traceRecords(row: JsonObject): RawRecord[] {
  const traceId = traceIdOf(row['id']);
  const read = spanOf(row, traceId, spanIdOf(row['id']), null, 'CHAIN');
  return [
    spanRecord({
      ...read,
      attributes: filled({
        ...read.attributes,
        'session.id': row['thread_id'],
        'tag.tags': row['tags'],
        metadata: { ...recordOf(row['metadata']), ...flatMetadata(row) },
      }),
    }),
    ...scores(row, traceId, null),
  ];
}

function spanRecords(row: JsonObject, root: string | null): RawRecord[] {
  const traceId = traceIdOf(row['trace_id']);
  const spanId = spanIdOf(row['id']);
  const kind = KINDS[stringOf(row['type']) ?? ''] ?? 'CHAIN';
  const parentId = parentIdOf(row['parent_span_id']) ?? root;
  return [
    spanRecord(spanOf(row, traceId, spanId, parentId, kind)),
    ...scores(row, traceId, spanId),
  ];
}

function spanOf(
  row: JsonObject,
  traceId: string,
  spanId: string,
  parentId: string | null,
  kind: string,
): RawSpan {
  const error = recordOf(row['error_info']);
  const message = stringOf(pick(error, 'message', 'exception_message'));
  const type = stringOf(error['exception_type']);
  const failed = message !== null || type !== null;
  const start = timeOf(row['start_time']);
  const duration = numberOf(row['duration']);
  const usage = recordOf(row['usage']);
  const isModel = kind === 'LLM';
  const text = (value: Json | undefined): Json =>
    value === undefined || value === null ? null : textOf(value);
  return rawSpan({
    traceId,
    spanId,
    parentId,
    name: stringOf(row['name']) ?? '',
    startTime: start,
    endTime:
      timeOf(row['end_time']) ?? (start === null || duration === null ? null : start + duration),
    statusCode: failed ? 'error' : 'unset',
    statusMessage: message ?? type ?? '',
    attributes: filled({
      'openinference.span.kind': kind,
      'error.type': failed ? type : null,
      'input.value': text(row['input']),
      'output.value': text(row['output']),
      'gen_ai.prompt': isModel ? row['input'] : null,
      'gen_ai.completion': isModel ? row['output'] : null,
      'gen_ai.request.model': row['model'],
      'gen_ai.provider.name': row['provider'],
      'gen_ai.usage.input_tokens': numberOf(usage['prompt_tokens']),
      'gen_ai.usage.output_tokens': numberOf(usage['completion_tokens']),
      'gen_ai.usage.cost': numberOf(row['total_estimated_cost']),
    }),
  });
}

function scores(row: JsonObject, traceId: string, spanId: string | null): RawRecord[] {
  const listed = isList(row['feedback_scores']) ? row['feedback_scores'].filter(isRecord) : [];
  const found = listed.flatMap((each) => {
    const name = stringOf(each['name']);
    if (name === null) return [];
    const source = stringOf(each['source']);
    return [
      {
        name,
        value: numberOf(each['value']),
        label: stringOf(each['category_name']),
        explanation: stringOf(each['reason']),
        annotator: source === 'ui' ? ('human' as const) : annotatorOf(source),
        spanId,
      },
    ];
  });
  for (const key in row) {
    if (!key.startsWith('feedback_scores.')) continue;
    const score = scoreColumn(key, row[key] ?? null, row);
    if (score !== null) found.push({ ...score, spanId });
  }
  return found.map((score) => scoreRecord({ traceId, sessionId: null, responseId: null, score }));
}

function flatMetadata(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      key.startsWith('metadata.') ? [[key.slice('metadata.'.length), value]] : [],
    ),
  );
}
