import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { namedScore } from './score.ts';
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

const KINDS: Readonly<Record<string, string>> = {
  trace: 'CHAIN',
  workflow: 'CHAIN',
  chain: 'CHAIN',
  control: 'CHAIN',
  agent: 'AGENT',
  llm: 'LLM',
  chat: 'LLM',
  retriever: 'RETRIEVER',
  tool: 'TOOL',
};

/** A record of `export_records`: a trace or one of its spans. */
export const galileoShape: Shape = {
  format: 'galileo-record',
  clues: ['type'],
  matches: (value) =>
    (stringOf(value['type']) ?? '') in KINDS &&
    'id' in value &&
    'created_at' in value &&
    ('trace_id' in value || value['type'] === 'trace') &&
    ('project_id' in value || 'run_id' in value || 'metrics' in value),
  read: readRecord,
};

function readRecord(value: JsonObject): readonly RawRecord[] {
  const type = stringOf(value['type']) ?? '';
  const isRoot = type === 'trace';
  const traceId = traceIdOf(isRoot ? value['id'] : value['trace_id']);
  const spanId = spanIdOf(value['id']);
  const metrics = recordOf(value['metrics']);
  const start = timeOf(value['created_at']);
  const duration = numberOf(pick(metrics, 'duration_ns') ?? value['duration_ns']);
  const failed = (numberOf(value['status_code']) ?? 0) >= 400;
  const span = rawSpan({
    traceId,
    spanId,
    parentId: isRoot ? null : parentIdOf(value['parent_id']),
    name: stringOf(value['name']) ?? type,
    startTime: start,
    endTime:
      start === null || duration === null ? timeOf(value['updated_at']) : start + duration / 1e6,
    statusCode: failed ? 'error' : 'unset',
    statusMessage: failed ? `status ${value['status_code']}` : '',
    attributes: filled({
      'openinference.span.kind': KINDS[type],
      ...content(type, value),
      'gen_ai.request.model': value['model'],
      'gen_ai.request.temperature': value['temperature'],
      'gen_ai.response.finish_reasons': value['finish_reason'],
      'gen_ai.tool.definitions': structured(value['tools'] ?? null),
      'gen_ai.usage.input_tokens': numberOf(metrics['num_input_tokens']),
      'gen_ai.usage.output_tokens': numberOf(metrics['num_output_tokens']),
      'gen_ai.usage.cost': numberOf(metrics['cost']),
      'session.id': value['session_id'],
      'tag.tags': structured(value['tags'] ?? null),
      metadata: recordOf(value['user_metadata']),
    }),
  });
  return [spanRecord(span), ...scores(metrics, traceId, isRoot ? null : spanId)];
}

function content(type: string, value: JsonObject): JsonObject {
  const input = structured(value['input'] ?? value['redacted_input'] ?? null);
  const output = structured(value['output'] ?? value['redacted_output'] ?? null);
  const text = (at: Json): Json => (typeof at === 'string' ? at : JSON.stringify(at));
  const whole = {
    'input.value': input === null ? null : text(input),
    'output.value': output === null ? null : text(output),
  };
  if (type === 'llm' || type === 'chat') {
    return {
      ...whole,
      'gen_ai.input.messages': messageList(input),
      'gen_ai.output.messages': messageList(output),
    };
  }
  if (type === 'retriever' && isList(output)) {
    return { ...whole, 'gen_ai.retrieval.documents': output };
  }
  if (type === 'tool') {
    return {
      ...whole,
      'gen_ai.tool.name': value['name'],
      'gen_ai.tool.call.id': value['tool_call_id'],
    };
  }
  return whole;
}

function messageList(value: Json): Json {
  if (isRecord(value) && 'role' in value) return [value];
  return isList(value) && isRecord(value[0]) && 'role' in value[0] ? value : null;
}

/** Metrics that measure rather than judge. */
const MEASURES = /^(num_|duration|cost$|latency|time_to_first|ttft|start_|end_)/;

function scores(metrics: JsonObject, traceId: string, spanId: string | null): RawRecord[] {
  return Object.entries(metrics).flatMap(([name, value]) => {
    if (MEASURES.test(name) || (typeof value !== 'number' && typeof value !== 'boolean')) return [];
    const judged = namedScore(name, value, 'model');
    if (judged === null) return [];
    return [
      scoreRecord({ traceId, sessionId: null, responseId: null, score: { ...judged, spanId } }),
    ];
  });
}
