import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, recordOf, structured, textOf } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import type { RawRecord } from '../record.ts';
import { runRecord } from './run.ts';
import { namedScore } from './score.ts';
import type { Shape } from './shape.ts';

/** A line of a `samples_TASK.jsonl` of lm-evaluation-harness. */
export const lmEvalShape: Shape = {
  format: 'lm-eval-sample',
  clues: ['doc_id'],
  matches: (value) => 'doc_id' in value && 'resps' in value && 'arguments' in value,
  read: (value) => [sampleRecord(value)],
};

const OWN: ReadonlySet<string> = new Set([
  'doc_id',
  'doc',
  'target',
  'arguments',
  'resps',
  'filtered_resps',
  'filter',
  'metrics',
  'doc_hash',
  'prompt_hash',
  'target_hash',
]);

function sampleRecord(row: JsonObject): RawRecord {
  const requests = requestsIn(row['arguments']);
  const responses = isList(row['filtered_resps']) ? row['filtered_resps'] : [];
  const at = chosen(responses);
  const prompt = structured(requests[at]?.[0] ?? requests[0]?.[0] ?? '');
  const answer = at >= 0 && isRanked(responses) ? requests[at]?.[1] : firstText(responses[0]);
  const asked = messagesOf(prompt).length > 0 ? prompt : { role: 'user', content: textOf(prompt) };
  return runRecord(
    textOf(row['doc_id']),
    [{ message: asked }, { message: { role: 'assistant', content: textOf(answer).trim() } }],
    { metadata: { target: row['target'] ?? null, filter: row['filter'] ?? null } },
    { scores: scoresOf(row) },
  );
}

/** `[[prompt, continuation or options]]`, or the same as `{gen_args_0: {arg_0, arg_1}}`. */
function requestsIn(value: Json | undefined): (readonly Json[])[] {
  if (isList(value)) return value.filter(isList);
  return Object.values(recordOf(value)).flatMap((each) =>
    isRecord(each) ? [[each['arg_0'] ?? null, each['arg_1'] ?? null]] : [],
  );
}

/** Multiple choice: each response is a log-likelihood and whether it was the greedy one. */
const isRanked = (responses: readonly Json[]): boolean =>
  responses.length > 0 && responses.every((each) => isList(each) && numberOf(each[0]) !== null);

function chosen(responses: readonly Json[]): number {
  if (!isRanked(responses)) return 0;
  const scores = responses.map((each) => (isList(each) ? (numberOf(each[0]) ?? 0) : 0));
  return scores.reduce((best, score, at) => (score > (scores[best] ?? 0) ? at : best), 0);
}

const firstText = (value: Json | undefined): Json =>
  isList(value) ? firstText(value[0]) : (value ?? null);

function scoresOf(row: JsonObject): Score[] {
  return Object.entries(row).flatMap(([name, value]) => {
    if (OWN.has(name) || (typeof value !== 'boolean' && typeof value !== 'number')) return [];
    return namedScore(name, value, 'code') ?? [];
  });
}
