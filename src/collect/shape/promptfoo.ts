import type { JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { numberOf, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import type { RawRecord } from '../record.ts';
import { judged, recordsIn, runRecord, type Turn } from './run.ts';
import { namedScore } from './score.ts';
import type { Shape } from './shape.ts';

/** `promptfoo eval --output results.json`: one trace for each test. */
const results: Shape = {
  format: 'promptfoo-results',
  clues: ['results'],
  matches: (value) => {
    const held = recordOf(value['results'])['results'];
    return recordsIn(held).some(isResult);
  },
  read: (value) => recordsIn(recordOf(value['results'])['results']).map(resultRecord),
};

/** A line of `--output results.jsonl`. */
const result: Shape = {
  format: 'promptfoo-result',
  clues: ['vars'],
  matches: isResult,
  read: (value) => [resultRecord(value)],
};

export const promptfooShapes: readonly Shape[] = [results, result];

function isResult(value: JsonObject): boolean {
  return (
    'vars' in value && isRecord(value['prompt']) && ('gradingResult' in value || 'testIdx' in value)
  );
}

/** `failureReason` 2: the provider failed. 1, an assertion that failed, is a score. */
const ERROR = 2;

function resultRecord(row: JsonObject): RawRecord {
  const response = recordOf(row['response']);
  const raw = structured(recordOf(row['prompt'])['raw'] ?? '');
  const asked = messagesOf(raw).length > 0 ? raw : { role: 'user', content: textOf(raw) };
  const output = response['output'];
  const turns: Turn[] = [
    { message: asked },
    ...(output === undefined || output === null
      ? []
      : [{ message: { role: 'assistant', content: textOf(output) } }]),
  ];
  const { provider, model } = providerOf(row);
  const runError =
    row['failureReason'] === ERROR ? (response['error'] ?? row['error']) : response['error'];
  return runRecord(
    stringOf(row['id']),
    turns,
    {
      provider,
      model,
      usage: response['tokenUsage'],
      cost: numberOf(row['cost']),
      latency_ms: numberOf(row['latencyMs']),
      finish_reason: response['finishReason'],
      error: runError,
      prompt_name: recordOf(row['prompt'])['label'],
      metadata: { ...recordOf(row['metadata']), ...recordOf(row['vars']) },
    },
    { scores: scoresOf(row) },
  );
}

function scoresOf(row: JsonObject): Score[] {
  const grading = recordOf(row['gradingResult']);
  const reason = stringOf(grading['reason']);
  const { success } = row;
  const pass =
    typeof success === 'boolean'
      ? [judged('pass', Number(success), success ? 'pass' : 'fail', reason, 'code')]
      : [];
  const named = Object.entries(recordOf(row['namedScores'] ?? grading['namedScores']));
  return [...pass, ...named.flatMap(([name, value]) => namedScore(name, value) ?? [])];
}

/** `openai:chat:gpt-4o-mini`. */
function providerOf(row: JsonObject): { provider: string | null; model: string | null } {
  const held = row['provider'];
  const id = isRecord(held) ? stringOf(held['id']) : stringOf(held);
  const parts = (id ?? '').split(':');
  const provider = parts[0] || null;
  return { provider, model: parts.length > 1 ? (parts.at(-1) ?? null) : null };
}
