import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawSpan } from '../record.ts';
import { filled, parentIdOf, prefixed, rawSpan, spanIdOf, traceIdOf } from './span.ts';
import { timeOf } from './time.ts';

/** An observation of the API, an export (camelCase) or the blob storage (snake_case) as a span. */
export function observationSpan(observation: JsonObject, trace: JsonObject = {}): RawSpan {
  const at = (...keys: readonly string[]): Json | undefined => pick(observation, ...keys);
  const parent = parentIdOf(at('parentObservationId', 'parent_observation_id'));
  const traceId = traceIdOf(at('traceId', 'trace_id') ?? trace['id']);
  const level = stringOf(at('level')) ?? '';
  const { attributes, resource, scope, metadata } = metadataParts(observation['metadata']);
  const isRoot = parent === null || parent === traceId;
  return rawSpan({
    traceId,
    spanId: spanIdOf(observation['id']),
    parentId: isRoot ? null : parent,
    name: stringOf(at('name')) ?? '',
    startTime: timeOf(at('startTime', 'start_time')),
    endTime: timeOf(at('endTime', 'end_time')),
    statusCode: level === 'ERROR' ? 'error' : 'unset',
    statusMessage: stringOf(at('statusMessage', 'status_message')) ?? '',
    scope,
    resource,
    attributes: {
      ...attributes,
      ...filled({
        'langfuse.observation.type': stringOf(at('type'))?.toLowerCase() ?? 'span',
        'langfuse.observation.level': level,
        'langfuse.observation.status_message': at('statusMessage', 'status_message'),
        'langfuse.observation.input': structured(at('input') ?? null),
        'langfuse.observation.output': structured(at('output') ?? null),
        'langfuse.observation.model.name': at('model', 'provided_model_name', 'providedModelName'),
        'langfuse.observation.model.parameters': at('modelParameters', 'model_parameters'),
        'langfuse.observation.usage_details': usageOf(observation),
        'langfuse.observation.cost_details': costOf(observation),
        'langfuse.observation.prompt.name': at('promptName', 'prompt_name'),
        'langfuse.observation.prompt.version': at('promptVersion', 'prompt_version'),
        'langfuse.observation.completion_start_time': at(
          'completionStartTime',
          'completion_start_time',
        ),
        'langfuse.environment': at('environment'),
        'langfuse.version': at('version'),
        'gen_ai.tool.definitions': toolDefinitions(at('toolDefinitions', 'tool_definitions')),
        ...prefixed('langfuse.observation.metadata.', metadata),
        ...(isRoot ? traceAttributes(trace) : traceContext(trace)),
      }),
    },
  });
}

/** Fields of the trace object that apply to all of its spans. */
function traceContext(trace: JsonObject): JsonObject {
  return {
    'user.id': pick(trace, 'userId', 'user_id'),
    'session.id': pick(trace, 'sessionId', 'session_id'),
    'langfuse.environment': trace['environment'],
    'langfuse.release': trace['release'],
  };
}

/** All fields of the trace object, as the SDK writes them on the root span. */
function traceAttributes(trace: JsonObject): JsonObject {
  const { attributes, metadata } = metadataParts(trace['metadata']);
  return filled({
    ...traceContext(trace),
    'langfuse.trace.name': trace['name'],
    'langfuse.trace.input': structured(trace['input'] ?? null),
    'langfuse.trace.output': structured(trace['output'] ?? null),
    'langfuse.trace.tags': structured(trace['tags'] ?? null),
    'langfuse.version': trace['version'],
    ...prefixed('langfuse.trace.metadata.', metadata),
    ...('id' in trace ? {} : attributes),
  });
}

/** A trace without observations, as its own root span. */
export function traceSpan(trace: JsonObject): RawSpan {
  const start = timeOf(pick(trace, 'timestamp', 'createdAt', 'created_at'));
  const latency = numberOf(trace['latency']);
  return rawSpan({
    traceId: traceIdOf(trace['id']),
    spanId: spanIdOf(trace['id']),
    parentId: null,
    name: stringOf(trace['name']) ?? 'trace',
    startTime: start,
    endTime: start !== null && latency !== null ? start + latency * 1000 : null,
    attributes: { 'langfuse.observation.type': 'span', ...traceAttributes(trace) },
  });
}

interface MetadataParts {
  readonly attributes: JsonObject;
  readonly resource: JsonObject;
  readonly scope: string;
  readonly metadata: JsonObject;
}

/** Langfuse stores the attributes of OpenTelemetry spans under `metadata`; they are restored to their places. */
function metadataParts(value: Json | undefined): MetadataParts {
  const { attributes, resourceAttributes, scope, ...metadata } = recordOf(value);
  return {
    attributes: recordOf(attributes),
    resource: recordOf(resourceAttributes),
    scope: stringOf(recordOf(scope)['name']) ?? '',
    metadata,
  };
}

function usageOf(observation: JsonObject): JsonObject | undefined {
  const details = recordOf(pick(observation, 'usageDetails', 'usage_details'));
  if (Object.keys(details).length > 0) return details;
  const usage = recordOf(observation['usage']);
  const input = pick(usage, 'input', 'promptTokens') ?? pick(observation, 'promptTokens');
  const output = pick(usage, 'output', 'completionTokens') ?? pick(observation, 'completionTokens');
  const total = pick(usage, 'total', 'totalTokens') ?? pick(observation, 'totalTokens');
  const found = filled({ input, output, total });
  return Object.values(found).some((count) => (numberOf(count) ?? 0) > 0) ? found : undefined;
}

function costOf(observation: JsonObject): JsonObject | undefined {
  const details = recordOf(pick(observation, 'costDetails', 'cost_details'));
  if (Object.keys(details).length > 0) return details;
  const total = pick(observation, 'totalCost', 'total_cost', 'calculatedTotalCost');
  const cost = numberOf(total) ?? 0;
  return cost > 0 ? { total: cost } : undefined;
}

/** A list of definitions, or a map from name to the definition's text. */
function toolDefinitions(value: Json | undefined): Json | undefined {
  const found = structured(value ?? null);
  if (!isRecord(found)) return Array.isArray(found) ? found : undefined;
  return Object.entries(found).map(([name, definition]) => ({
    name,
    ...recordOf(definition ?? null),
  }));
}
