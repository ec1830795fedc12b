import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, textOf } from '../json/json-value.ts';
import { errorText } from '../message/message-part.ts';
import type { RawSpan } from '../record.ts';
import type { Shape } from './shape.ts';
import { filled, parentIdOf, rawSpan, spanIdOf, spanRecord, traceIdOf } from './span.ts';
import { timeOf } from './time.ts';

/** Events of PostHog's LLM analytics: `$ai_generation`, `$ai_span`, `$ai_trace`, `$ai_embedding`. */
export const posthogShape: Shape = {
  format: 'posthog-event',
  clues: ['event'],
  matches: (value) => (stringOf(value['event']) ?? '') in KINDS && 'properties' in value,
  read: (value) => [spanRecord(spanOf(value))],
};

const KINDS: Readonly<Record<string, string>> = {
  $ai_generation: 'LLM',
  $ai_embedding: 'EMBEDDING',
  $ai_span: 'CHAIN',
  $ai_trace: 'CHAIN',
};

function spanOf(event: JsonObject): RawSpan {
  const name = stringOf(event['event']) ?? '';
  const properties = recordOf(event['properties']);
  const at = (key: string): Json => properties[`$ai_${key}`] ?? null;
  const isTrace = name === '$ai_trace';
  const traceId = traceIdOf(at('trace_id')) || traceIdOf(event['uuid']);
  const parent = parentIdOf(at('parent_id'));
  const end = timeOf(event['timestamp']);
  const latency = numberOf(at('latency'));
  const http = numberOf(at('http_status')) ?? 0;
  const failed = at('is_error') === true || http >= 400;
  const output = at('output_choices') ?? at('output');
  const text = (value: Json): Json => (value === null ? null : textOf(value));
  return rawSpan({
    traceId,
    spanId: isTrace ? traceId : spanIdOf(at('span_id') ?? event['uuid']),
    parentId: isTrace || parent === traceId ? null : parent,
    name: stringOf(pick(properties, '$ai_span_name')) ?? name.slice('$ai_'.length),
    startTime: end === null || latency === null ? end : end - latency * 1000,
    endTime: end,
    statusCode: failed ? 'error' : 'unset',
    statusMessage: failed ? errorText(at('error')) || `status ${http}` : '',
    attributes: filled({
      'openinference.span.kind': KINDS[name],
      'error.type': failed && http >= 400 ? String(http) : null,
      'gen_ai.prompt': name === '$ai_generation' ? at('input') : null,
      'gen_ai.completion': name === '$ai_generation' ? choices(output) : null,
      'input.value': text(at('input') ?? at('input_state')),
      'output.value': text(output ?? at('output_state')),
      'gen_ai.request.model': at('model'),
      'gen_ai.provider.name': at('provider'),
      'gen_ai.response.finish_reasons': at('stop_reason'),
      'gen_ai.tool.definitions': at('tools'),
      'gen_ai.usage.input_tokens': numberOf(at('input_tokens')),
      'gen_ai.usage.output_tokens': numberOf(at('output_tokens')),
      'gen_ai.usage.cache_read_tokens': numberOf(at('cache_read_input_tokens')),
      'gen_ai.usage.reasoning_tokens': numberOf(at('reasoning_tokens')),
      'gen_ai.usage.cost': numberOf(at('total_cost_usd')),
      'session.id': at('session_id'),
      'user.id': event['distinct_id'],
      metadata: Object.fromEntries(
        Object.entries(properties).filter(([key]) => !key.startsWith('$')),
      ),
    }),
  });
}

/** Choices are messages, or hold them as OpenAI's do. */
function choices(output: Json): Json {
  const first = isList(output) ? output[0] : null;
  return isRecord(first) && isRecord(first['message']) ? { choices: output } : output;
}
