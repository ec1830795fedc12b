import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, textOf } from '../json/json-value.ts';
import type { RawRecord, RawSpan } from '../record.ts';
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

/** A call of W&B Weave, from `calls/stream_query` or the export of the calls table. */
export const weaveShape: Shape = {
  format: 'weave-call',
  clues: ['op_name'],
  matches: (value) => 'op_name' in value && 'trace_id' in value && 'inputs' in value,
  read: (value) => {
    const span = spanOf(value);
    return [spanRecord(span), ...feedbackOf(value, span)];
  },
};

const MODEL_OP =
  /chat[._]completions|messages[._]create|responses[._]create|generate_content|completion|\bllm\b/i;

function spanOf(row: JsonObject): RawSpan {
  const inputs = recordOf(row['inputs']);
  const output = recordOf(row['output']);
  const summary = recordOf(row['summary']);
  const isModel = isModelCall(row, inputs, output);
  const exception = stringOf(row['exception']);
  const text = (value: Json | undefined): Json =>
    value === undefined || value === null ? null : textOf(value);
  const model = stringOf(output['model'] ?? inputs['model']);
  return rawSpan({
    traceId: traceIdOf(row['trace_id']),
    spanId: spanIdOf(row['id']),
    parentId: parentIdOf(row['parent_id']),
    name: nameOf(row),
    startTime: timeOf(row['started_at']),
    endTime: timeOf(row['ended_at']),
    statusCode: exception === null ? 'unset' : 'error',
    statusMessage: exception?.trim().split('\n').at(-1) ?? '',
    attributes: filled({
      'openinference.span.kind': isModel ? 'LLM' : kindOf(row),
      'input.value': text(row['inputs']),
      'output.value': text(row['output']),
      'gen_ai.prompt': isModel ? inputs : null,
      'gen_ai.completion': isModel ? row['output'] : null,
      'gen_ai.request.model': isModel ? model : null,
      'gen_ai.tool.definitions': inputs['tools'],
      'langsmith.usage_metadata': isModel ? usageOf(output, summary, model) : null,
      'session.id': row['thread_id'],
      metadata: withoutOwn(recordOf(row['attributes'])),
    }),
  });
}

function isModelCall(row: JsonObject, inputs: JsonObject, output: JsonObject): boolean {
  const isReply =
    isList(output['choices']) || isList(output['candidates']) || 'stop_reason' in output;
  if (isReply) return true;
  const isAsking = isList(inputs['messages']) && 'model' in inputs;
  return isAsking && MODEL_OP.test(stringOf(row['op_name']) ?? '');
}

function kindOf(row: JsonObject): string {
  const kind = stringOf(recordOf(recordOf(row['attributes'])['weave'])['kind'])?.toUpperCase();
  return kind === 'TOOL' || kind === 'AGENT' || kind === 'LLM' ? kind : 'CHAIN';
}

/** The last part of `weave:///acme/support/op/answer:abc`. */
function nameOf(row: JsonObject): string {
  const name = stringOf(row['display_name']) ?? stringOf(row['op_name']) ?? '';
  return name.slice(name.lastIndexOf('/') + 1).replace(/:[^:]{0,80}$/, '');
}

/** Weave sums usage by model in the summary of each call, parents too. */
function usageOf(output: JsonObject, summary: JsonObject, model: string | null): Json {
  const own = pick(output, 'usage', 'usageMetadata', 'usage_metadata');
  if (own !== undefined) return own;
  const byModel = recordOf(summary['usage']);
  return byModel[model ?? ''] ?? Object.values(byModel)[0] ?? null;
}

const withoutOwn = ({ weave: _, ...rest }: JsonObject): JsonObject => rest;

/** Reactions and notes of people, and scores that scorers attached. */
function feedbackOf(row: JsonObject, span: RawSpan): RawRecord[] {
  const held = recordOf(recordOf(row['summary'])['weave'])['feedback'];
  const list = isList(held) ? held : isList(row['feedback']) ? row['feedback'] : [];
  return list.filter(isRecord).flatMap((each) => {
    const payload = recordOf(each['payload']);
    const type = stringOf(each['feedback_type']) ?? '';
    const isPerson = type.startsWith('wandb.');
    const name = isPerson ? 'user_feedback' : (type.split('.').at(-1) ?? 'feedback');
    const value =
      pick(payload, 'emoji', 'alias', 'score', 'value', 'passed') ??
      numberOf(recordOf(payload['output'])['score']);
    const score = namedScore(name, value, isPerson ? 'human' : 'unknown');
    if (score === null) return [];
    const explanation = stringOf(pick(payload, 'note', 'reason'));
    return [
      scoreRecord({
        traceId: span.traceId,
        sessionId: null,
        responseId: null,
        score: { ...score, explanation, spanId: span.spanId },
      }),
    ];
  });
}
