import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import type { RawSpan } from '../record.ts';
import { filled, prefixed, rawSpan, spanIdOf, traceIdOf } from './span.ts';
import { timeOf } from './time.ts';

/** A LangSmith run as a span with the attributes of LangSmith's OpenTelemetry export. */
export function runSpan(run: JsonObject): RawSpan {
  const extra = recordOf(run['extra']);
  const { usage_metadata: usageInMetadata, ...metadata } = recordOf(extra['metadata']);
  const invocation = recordOf(extra['invocation_params']);
  const inputs = recordOf(run['inputs']);
  const outputs = recordOf(run['outputs']);
  const error = stringOf(run['error']);
  const path = ancestry(run);
  const start = timeOf(run['start_time']);
  return rawSpan({
    traceId: traceIdOf(run['trace_id'] ?? path[0] ?? run['id']),
    spanId: spanIdOf(run['id']),
    parentId: parentOf(run, path),
    name: stringOf(run['name']) ?? '',
    startTime: start,
    endTime: timeOf(run['end_time']),
    statusCode: error !== null || run['status'] === 'error' ? 'error' : 'unset',
    statusMessage: error ?? '',
    events:
      error === null
        ? []
        : [
            {
              name: 'exception',
              time: timeOf(run['end_time']),
              attributes: { 'exception.message': error },
            },
          ],
    attributes: filled({
      'langsmith.span.kind': run['run_type'],
      'langsmith.span.id': run['id'],
      'langsmith.span.dotted_order': run['dotted_order'],
      'langsmith.span.tags': isList(run['tags']) && run['tags'].length > 0 ? run['tags'] : null,
      'langsmith.trace.name': run['name'],
      'langsmith.trace.session_name': run['session_name'],
      'langsmith.reference_example_id': run['reference_example_id'],
      'langsmith.usage_metadata': usageOf(run, outputs, usageInMetadata),
      'gen_ai.prompt': Object.keys(inputs).length > 0 ? inputs : run['inputs'],
      'gen_ai.completion': completionOf(run['outputs']),
      'gen_ai.request.model':
        pick(metadata, 'ls_model_name') ?? pick(invocation, 'model', 'model_name'),
      'gen_ai.response.model': run['run_type'] === 'llm' ? outputs['model'] : null,
      'gen_ai.tool.definitions': inputs['tools'] ?? invocation['tools'],
      'gen_ai.usage.cost': numberOf(run['total_cost']) || null,
      'gen_ai.response.time_to_first_chunk': firstToken(run, start),
      ...prefixed('langsmith.metadata.', metadata),
    }),
  });
}

/** What a run gave back. The Python client writes `{"output": null}` for a function that failed or returned nothing. */
function completionOf(value: Json | undefined): Json | undefined {
  const outputs = recordOf(value);
  const held = Object.values(outputs);
  if (held.length === 0) return value;
  return held.every((each) => each === null) ? null : outputs;
}

/** Ids of the run's ancestors and itself, root first, from `dotted_order`. */
function ancestry(run: JsonObject): readonly string[] {
  const order = stringOf(run['dotted_order']);
  return order === null ? [] : order.split('.').map((part) => part.slice(-36));
}

function parentOf(run: JsonObject, path: readonly string[]): string | null {
  const parent = spanIdOf(run['parent_run_id'] ?? path.at(-2));
  return parent === '' ? null : parent;
}

function usageOf(
  run: JsonObject,
  outputs: JsonObject,
  inMetadata: Json | undefined,
): JsonObject | null {
  const direct = outputs['usage_metadata'] ?? inMetadata;
  if (isRecord(direct)) return direct;
  const usage = outputs['usage'];
  const counts = filled({
    input_tokens: run['prompt_tokens'] ?? recordOf(usage)['prompt_tokens'],
    output_tokens: run['completion_tokens'] ?? recordOf(usage)['completion_tokens'],
    total_tokens: run['total_tokens'] ?? recordOf(usage)['total_tokens'],
  });
  return Object.values(counts).some((count) => (numberOf(count) ?? 0) > 0) ? counts : null;
}

/** Seconds. */
function firstToken(run: JsonObject, start: number | null): number | null {
  const time = timeOf(run['first_token_time']);
  return time === null || start === null ? null : (time - start) / 1000;
}
