import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
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

/** A row of a project's logs or of an experiment in Braintrust: one span, named by its root. */
export const braintrustShape: Shape = {
  format: 'braintrust-log',
  clues: ['root_span_id'],
  matches: (value) => 'root_span_id' in value && 'span_id' in value && 'span_attributes' in value,
  read: (value) => {
    const span = spanOf(value);
    const spanId = span.parentId === null ? null : span.spanId;
    return [spanRecord(span), ...scoresOf(value, span.traceId, spanId)];
  },
};

const KINDS: Readonly<Record<string, string>> = {
  llm: 'LLM',
  tool: 'TOOL',
  score: 'EVALUATOR',
  eval: 'CHAIN',
  task: 'CHAIN',
  function: 'CHAIN',
};

function spanOf(row: JsonObject): RawSpan {
  const about = recordOf(row['span_attributes']);
  const metadata = recordOf(row['metadata']);
  const metrics = recordOf(row['metrics']);
  const kind = KINDS[stringOf(about['type']) ?? ''] ?? 'CHAIN';
  const parents = structured(row['span_parents'] ?? null);
  const { error } = row;
  const failed = error !== null && error !== undefined && error !== '';
  return rawSpan({
    traceId: traceIdOf(row['root_span_id']),
    spanId: spanIdOf(row['span_id']),
    parentId: parentIdOf(isList(parents) ? parents[0] : null),
    name: stringOf(about['name']) ?? '',
    startTime: timeOf(metrics['start'] ?? row['created']),
    endTime: timeOf(metrics['end']),
    statusCode: failed ? 'error' : 'unset',
    statusMessage: failed ? (stringOf(recordOf(error)['message']) ?? textOf(error)) : '',
    attributes: filled({
      'openinference.span.kind': kind,
      ...content(row, kind),
      'gen_ai.request.model': kind === 'LLM' ? metadata['model'] : null,
      'gen_ai.tool.definitions': metadata['tools'],
      'gen_ai.usage.input_tokens': numberOf(metrics['prompt_tokens']),
      'gen_ai.usage.output_tokens': numberOf(metrics['completion_tokens']),
      'gen_ai.usage.cache_read_tokens': numberOf(metrics['prompt_cached_tokens']),
      'gen_ai.usage.reasoning_tokens': numberOf(metrics['completion_reasoning_tokens']),
      'gen_ai.usage.cost': numberOf(metrics['estimated_cost']),
      'gen_ai.prompt.version': metadata['prompt_version'],
      'tag.tags': row['tags'],
      metadata,
    }),
  });
}

/** A model's output is a list of choices, a message or a whole response. */
function content(row: JsonObject, kind: string): JsonObject {
  const { input, output } = row;
  const text = (value: Json | undefined): Json =>
    value === undefined || value === null ? null : textOf(value);
  const whole = { 'input.value': text(input), 'output.value': text(output) };
  if (kind !== 'LLM') return whole;
  const first = isList(output) ? output[0] : null;
  const choices = isRecord(first) && 'message' in first ? { choices: output as Json } : output;
  return { ...whole, 'gen_ai.prompt': input, 'gen_ai.completion': choices };
}

function scoresOf(row: JsonObject, traceId: string, spanId: string | null): RawRecord[] {
  return Object.entries(recordOf(row['scores'])).flatMap(([name, value]) => {
    const score = namedScore(name, value);
    if (score === null) return [];
    return [
      scoreRecord({ traceId, sessionId: null, responseId: null, score: { ...score, spanId } }),
    ];
  });
}
