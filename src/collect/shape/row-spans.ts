import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import type { RawConversation, RawRecord, RawSpan } from '../record.ts';
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
  return spans.some((span) => 'span_id' in span && 'name' in span) ? spans : [];
}

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
  const start = timeOf(pick(row, 'start', 'start_time', 'startTime'));
  const end = timeOf(pick(row, 'end', 'end_time', 'endTime'));
  const duration = numberOf(row['duration_ms']);
  return rawSpan({
    traceId,
    spanId: spanIdOf(row['span_id']),
    parentId: parentIdOf(pick(row, 'parent_id', 'parent_span_id')),
    name: stringOf(row['name']) ?? '',
    startTime: start,
    endTime: end ?? (start !== null && duration !== null ? start + duration : null),
    statusCode: statusOf(row['status']),
    statusMessage: stringOf(pick(row, 'error', 'status_message')) ?? '',
    attributes: filled({
      'openinference.span.kind': stringOf(pick(row, 'kind', 'span_kind', 'type'))?.toUpperCase(),
      'input.value': row['input'],
      'output.value': row['output'],
      'llm.model_name': row['model'],
      'llm.token_count.total': row['tokens'],
      ...recordOf(row['attributes']),
    }),
  });
}

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
