import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { recordOf, stringOf, textOf } from '../json/json-value.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import type { Shape } from './shape.ts';
import { filled, parentIdOf, rawSpan, spanIdOf, spanRecord, traceIdOf } from './span.ts';
import { timeOf } from './time.ts';

/** Traces and spans of the OpenAI Agents SDK as its processors export them, one object each or in `{data}`. */
export const agentsSdkShape: Shape = {
  format: 'openai-agents',
  clues: ['object'],
  matches: (value) => value['object'] === 'trace' || value['object'] === 'trace.span',
  read: (value, { gather }) => {
    const id = stringOf(value['object'] === 'trace' ? value['id'] : value['trace_id']);
    gather(`openai-agents:${id}`, value, wholeTrace);
    return [];
  },
};

function wholeTrace(parts: readonly JsonObject[]): readonly RawRecord[] {
  const trace = parts.find((part) => part['object'] === 'trace') ?? {};
  const spans = parts.filter((part) => part['object'] === 'trace.span');
  return spans.map((span) => spanRecord(spanOf(span, trace)));
}

const KINDS: Readonly<Record<string, string>> = {
  agent: 'AGENT',
  generation: 'LLM',
  response: 'LLM',
  function: 'TOOL',
  mcp_tools: 'CHAIN',
  guardrail: 'GUARDRAIL',
};

function spanOf(span: JsonObject, trace: JsonObject): RawSpan {
  const data = recordOf(span['span_data']);
  const type = stringOf(data['type']) ?? '';
  const parentId = parentIdOf(span['parent_id']);
  const error = isRecord(span['error']) ? span['error'] : null;
  return rawSpan({
    traceId: traceIdOf(span['trace_id']),
    spanId: spanIdOf(span['id']),
    parentId,
    name: stringOf(data['name']) ?? type,
    startTime: timeOf(span['started_at']),
    endTime: timeOf(span['ended_at']),
    statusCode: error === null ? 'unset' : 'error',
    statusMessage: error === null ? '' : messageOf(error),
    attributes: filled({
      'openinference.span.kind': KINDS[type] ?? 'CHAIN',
      ...content(type, data),
      ...(parentId === null
        ? {
            'langfuse.trace.name': trace['workflow_name'],
            'session.id': trace['group_id'],
            metadata: trace['metadata'],
          }
        : {}),
    }),
  });
}

/** The message names the step that failed; the reason is in the data. */
function messageOf(error: JsonObject): string {
  const message = stringOf(error['message']) ?? 'error';
  const data = recordOf(error['data']);
  const reason = stringOf(data['error'] ?? data['message']);
  return reason === null ? message : `${message}: ${reason}`;
}

function content(type: string, data: JsonObject): JsonObject {
  const text = (value: Json | undefined): Json =>
    value === undefined || value === null ? null : textOf(value);
  if (type === 'generation' || type === 'response') {
    const response = recordOf(data['response']);
    return {
      'gen_ai.prompt': data['input'],
      'gen_ai.completion': data['output'] ?? response['output'],
      'gen_ai.request.model': data['model'] ?? response['model'],
      'gen_ai.tool.definitions': response['tools'],
      'gen_ai.response.id': data['response_id'] ?? response['id'],
      'langsmith.usage_metadata': data['usage'] ?? response['usage'],
    };
  }
  return {
    'input.value': text(data['input']),
    'output.value': text(data['output'] ?? data['triggered']),
    'gen_ai.tool.name': type === 'function' ? data['name'] : null,
  };
}
