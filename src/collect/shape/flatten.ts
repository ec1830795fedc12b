import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';

/** First segments of the OpenInference keys, which Phoenix nests. */
const ROOTS: ReadonlySet<string> = new Set([
  'openinference',
  'llm',
  'input',
  'output',
  'retrieval',
  'reranker',
  'embedding',
  'tool',
  'agent',
  'graph',
  'session',
  'user',
  'tag',
  'prompt',
  'exception',
  'gen_ai',
  'annotations',
  'evaluations',
]);

/** Keys whose objects are values and stay nested. */
const BAGS: ReadonlySet<string> = new Set([
  'metadata',
  'variables',
  'parameters',
  'json_schema',
  'invocation_parameters',
  'arguments',
  'value',
  'vector',
]);

const MAX_KEYS = 20_000;

/**
 * Nested attributes (`{llm: {input_messages: [{message: {role}}]}}`) as flat ones
 * (`llm.input_messages.0.message.role`). Keys outside the known conventions and lists of plain values stay unchanged.
 */
export function flatAttributes(nested: JsonObject): JsonObject {
  const out: Record<string, Json> = {};
  let count = 0;
  const put = (path: string, last: string, value: Json) => {
    if (count >= MAX_KEYS || value === null) return;
    if (!BAGS.has(last)) {
      if (isRecord(value)) {
        for (const [key, item] of Object.entries(value)) {
          put(`${path}.${key}`, lastSegment(key), item ?? null);
        }
        return;
      }
      if (isList(value) && isRecord(value[0])) {
        for (const [index, item] of value.entries()) put(`${path}.${index}`, '', item);
        return;
      }
    }
    count++;
    out[path] = value;
  };
  for (const [key, value] of Object.entries(nested)) {
    if (value === undefined) continue;
    const isConvention = ROOTS.has(key.split('.', 1)[0] ?? '') && !key.startsWith('gen_ai.');
    if (isConvention) put(key, lastSegment(key), value);
    else out[key] = value;
  }
  return out;
}

function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
