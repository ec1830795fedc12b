import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, textOf } from '../json/json-value.ts';
import { addUsage, NO_USAGE, tokenCounts, usageOf } from '../message/usage.ts';
import type { RawRecord } from '../record.ts';
import { judged, recordsIn, runRecord, turnsOf } from './run.ts';
import type { Shape } from './shape.ts';

/** A log of Inspect AI as JSON: one trace for each sample. The header of an `.eval` archive has none. */
const log: Shape = {
  format: 'inspect-log',
  clues: ['eval'],
  matches: (value) => isRecord(value['eval']) && ('plan' in value || 'samples' in value),
  read: (value) => {
    const model = stringOf(recordOf(value['eval'])['model']);
    return recordsIn(value['samples']).map((sample) => sampleRecord(sample, model));
  },
};

/** One sample of an `.eval` archive. */
const sample: Shape = {
  format: 'inspect-sample',
  clues: ['epoch'],
  matches: (value) => 'epoch' in value && 'target' in value && isList(value['messages']),
  read: (value) => [sampleRecord(value, null)],
};

export const inspectShapes: readonly Shape[] = [log, sample];

function sampleRecord(sample: JsonObject, evalModel: string | null): RawRecord {
  const output = recordOf(sample['output']);
  const choice = recordOf(isList(output['choices']) ? output['choices'][0] : null);
  const messages = sample['messages'];
  const turns =
    isList(messages) && messages.length > 0
      ? turnsOf(messages)
      : [...inputTurns(sample['input']), ...turnsOf([choice['message'] ?? null])];
  const epoch = numberOf(sample['epoch']) ?? 1;
  const id = textOf(sample['id']);
  const usage = totalUsage(sample) ?? tokenCounts(output['usage']);
  return runRecord(
    epoch > 1 ? `${id}:${epoch}` : id,
    turns,
    {
      model: pick(output, 'model') ?? evalModel,
      finish_reason: choice['stop_reason'],
      prompt_tokens: usage?.input,
      completion_tokens: usage?.output,
      error: sample['error'],
      timestamp: sample['started_at'],
      total_time: numberOf(sample['total_time']),
      metadata: {
        ...recordOf(sample['metadata']),
        ...(sample['target'] === undefined ? {} : { target: sample['target'] }),
      },
    },
    { scores: scoresOf(sample['scores']) },
  );
}

const inputTurns = (input: Json | undefined) =>
  typeof input === 'string' ? [{ message: { role: 'user', content: input } }] : turnsOf(input);

function totalUsage(sample: JsonObject): { input: number | null; output: number | null } | null {
  let total = NO_USAGE;
  for (const each of Object.values(recordOf(sample['model_usage']))) {
    const counts = tokenCounts(each);
    if (counts !== null) total = addUsage(total, usageOf(counts, null));
  }
  return total.inputTokens === null && total.outputTokens === null
    ? null
    : { input: total.inputTokens, output: total.outputTokens };
}

/** Inspect's letters: correct, incorrect, partial, no answer. */
const GRADES: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };
const GRADE_WORDS: Readonly<Record<string, string>> = {
  C: 'correct',
  I: 'incorrect',
  P: 'partial',
  N: 'no answer',
};

function scoresOf(value: Json | undefined): Score[] {
  return Object.entries(recordOf(value)).flatMap(([name, held]) => {
    const score = isRecord(held) ? held : { value: held };
    const explanation = stringOf(score['explanation']);
    return gradesOf(name, score['value']).map((grade) => ({ ...grade, explanation }));
  });
}

function gradesOf(name: string, value: Json | undefined): Score[] {
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, each]) => gradesOf(`${name}.${key}`, each));
  }
  if (typeof value === 'string' && value in GRADES) {
    return [judged(name, GRADES[value] ?? null, GRADE_WORDS[value] ?? value, null, 'code')];
  }
  const number = typeof value === 'boolean' ? Number(value) : numberOf(value);
  const label = typeof value === 'string' && number === null && value !== '' ? value : null;
  return number === null && label === null ? [] : [judged(name, number, label, null, 'code')];
}
