import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import { errorText } from '../message/message-part.ts';
import type { RawConversation, RawRecord, RawSpan } from '../record.ts';
import { scoresOf } from './score.ts';
import type { Shape } from './shape.ts';
import {
  filled,
  parentIdOf,
  rawSpan,
  scoreRecord,
  spanIdOf,
  spanRecord,
  statusOf,
  traceIdOf,
} from './span.ts';
import { timeOf } from './time.ts';

/** Spans listed in a row: `{span_id, parent_id, name, kind, start, duration_ms, status, input, output}`. */
export function rowSpans(value: Json | undefined): readonly JsonObject[] {
  if (!isList(value)) return [];
  const spans = value.filter((item): item is JsonObject => isRecord(item));
  return spans.some(isRowSpan) ? spans : [];
}

/** A span among the spans of a row, or alone in a row that names its trace. */
const isRowSpan = (value: JsonObject): boolean =>
  ('span_id' in value || 'spanId' in value) && ('name' in value || 'span_name' in value);

const PARENT_KEYS = ['parent_id', 'parent_span_id', 'parentSpanId', 'parentId'] as const;

/** A row that is one span: rows with the same trace id are one trace. */
export const spanRowShape: Shape = {
  format: 'span-row',
  clues: ['span_id', 'spanId'],
  matches: (value) =>
    ('trace_id' in value || 'traceId' in value) &&
    isRowSpan(value) &&
    PARENT_KEYS.some((key) => key in value),
  read: (value) => {
    const span = spanOfRow(value, traceIdOf(pick(value, 'trace_id', 'traceId')));
    return [
      spanRecord(span),
      ...scoresOf(value['scores']).map((score) =>
        scoreRecord({
          traceId: span.traceId,
          sessionId: null,
          responseId: null,
          score: { ...score, spanId: span.parentId === null ? null : span.spanId },
        }),
      ),
    ];
  },
};

/** The spans of a row; the root carries the row's own fields about the whole run. */
export function spansOfRow(
  conversation: RawConversation,
  rows: readonly JsonObject[],
): RawRecord[] {
  const traceId = traceIdOf(conversation.id) || traceIdOf(rows[0]?.['trace_id']);
  const spans = rows.map((row) => spanOfRow(row, traceId));
  const root = spans.findIndex((span) => span.parentId === null);
  const at = Math.max(root, 0);
  return [
    ...spans.map((span, index) => spanRecord(index === at ? withRun(span, conversation) : span)),
    ...conversation.scores.map((score) =>
      scoreRecord({ traceId, sessionId: null, responseId: null, score }),
    ),
  ];
}

function spanOfRow(row: JsonObject, traceId: string): RawSpan {
  const start = timeOf(pick(row, 'start', 'start_time', 'startTime', 'started_at', 'timestamp'));
  const end = timeOf(pick(row, 'end', 'end_time', 'endTime', 'ended_at'));
  const duration = numberOf(pick(row, 'duration_ms', 'durationMs', 'latency_ms'));
  const error = row['error'];
  const failed = error !== undefined && error !== null && error !== '' && error !== false;
  return rawSpan({
    traceId,
    spanId: spanIdOf(pick(row, 'span_id', 'spanId')),
    parentId: parentIdOf(pick(row, ...PARENT_KEYS)),
    name: stringOf(pick(row, 'name', 'span_name')) ?? '',
    startTime: start,
    endTime: end ?? (start !== null && duration !== null ? start + duration : null),
    statusCode: failed ? 'error' : statusOf(statusIn(row)),
    statusMessage:
      errorText(error) ||
      (stringOf(pick(row, 'status_message', 'error_message')) ?? messageIn(row)),
    attributes: filled({
      'openinference.span.kind': stringOf(pick(row, 'kind', 'span_kind', 'type'))?.toUpperCase(),
      'input.value': pick(row, 'input', 'inputs'),
      'output.value': pick(row, 'output', 'outputs'),
      'gen_ai.input.messages': row['messages'],
      'llm.model_name': row['model'],
      'llm.token_count.total': row['tokens'],
      'gen_ai.usage.input_tokens': numberOf(pick(row, 'input_tokens', 'prompt_tokens')),
      'gen_ai.usage.output_tokens': numberOf(pick(row, 'output_tokens', 'completion_tokens')),
      'gen_ai.usage.cost': numberOf(pick(row, 'cost', 'cost_usd')),
      'session.id': pick(row, 'session_id', 'thread_id'),
      'user.id': row['user_id'],
      metadata: row['metadata'],
      ...recordOf(row['attributes']),
    }),
  });
}

/** A status is a word or an object with a code. */
const statusIn = (row: JsonObject): Json | undefined => {
  const status = pick(row, 'status', 'status_code', 'statusCode');
  return isRecord(status) ? pick(status, 'code', 'status_code') : status;
};

const messageIn = (row: JsonObject): string => stringOf(recordOf(row['status'])['message']) ?? '';

function withRun(span: RawSpan, conversation: RawConversation): RawSpan {
  const { fields, input, output, messages, tools } = conversation;
  const { status, error, retrieved, tags, timestamp: _, spans: __, ...rest } = fields;
  const { tenant, user, session, model, provider, environment, release, ...more } = rest;
  const { prompt_name, prompt_version, usage, ...metadata } = more;
  const failed = statusOf(status) === 'error' || (error !== undefined && error !== null);
  return {
    ...span,
    statusCode: failed ? 'error' : statusOf(status) === 'ok' ? 'ok' : span.statusCode,
    statusMessage: stringOf(error) ?? span.statusMessage,
    attributes: {
      'openinference.span.kind': 'CHAIN',
      ...filled({
        ...span.attributes,
        'input.value': input ?? span.attributes['input.value'],
        'output.value': output ?? span.attributes['output.value'],
        // The run's own input and output take precedence over the last question in its messages.
        'langfuse.trace.input': input,
        'langfuse.trace.output': output,
        'gen_ai.input.messages': messages.length > 0 ? (messages as unknown as Json) : null,
        'gen_ai.tool.definitions': tools.length > 0 ? (tools as unknown as Json) : null,
        'gen_ai.retrieval.documents': retrieved,
        'gen_ai.request.model': model,
        'gen_ai.provider.name': provider,
        'gen_ai.prompt.name': prompt_name,
        'gen_ai.prompt.version': prompt_version,
        'tenant.id': tenant,
        'user.id': user,
        'session.id': session,
        'deployment.environment.name': environment,
        'service.version': release,
        'tag.tags': tags,
      }),
      metadata: { ...metadata, ...(usage === undefined ? {} : { usage }) },
    },
  };
}
