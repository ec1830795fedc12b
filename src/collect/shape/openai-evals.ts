import type { JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isList } from '../../text/json.ts';
import { numberOf, recordOf, stringOf, textOf } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { judged, runRecord, type Turn, turnsOf } from './run.ts';
import { namedScore } from './score.ts';
import type { Shape } from './shape.ts';

/** The event log of OpenAI Evals: a spec, then events of samples, then a report. One trace for each sample. */
export const openaiEvalsShape: Shape = {
  format: 'openai-evals',
  clues: ['sample_id', 'spec', 'final_report'],
  matches: (value) =>
    ('run_id' in value && 'sample_id' in value && 'data' in value) ||
    'completion_fns' in recordOf(value['spec']) ||
    ('final_report' in value && Object.keys(value).length === 1),
  read: (value, { gather, file }) => {
    if (!('final_report' in value)) gather(`openai-evals:${file}`, value, samples);
    return [];
  },
};

function samples(lines: readonly JsonObject[]): readonly RawRecord[] {
  const spec = recordOf(lines.find((line) => 'spec' in line)?.['spec']);
  const models = spec['completion_fns'];
  const model = isList(models) ? stringOf(models[0]) : null;
  const events = lines.filter((line) => 'sample_id' in line);
  const bySample = Map.groupBy(events, (line) => textOf(line['sample_id']));
  return [...bySample].map(([id, own]) => {
    const turns = own.filter(({ type }) => type === 'sampling').flatMap(samplingTurns);
    return runRecord(
      id,
      turns,
      { model, timestamp: own[0]?.['created_at'], error: errorOf(own) },
      { scores: own.flatMap(scoresOf) },
    );
  });
}

function samplingTurns(line: JsonObject): Turn[] {
  const { prompt, sampled } = recordOf(line['data']);
  const asked = isList(prompt)
    ? turnsOf(prompt)
    : [{ message: { role: 'user', content: textOf(prompt) } }];
  const answer = isList(sampled) ? sampled[0] : sampled;
  if (answer === undefined || answer === null) return asked;
  return [...asked, { message: { role: 'assistant', content: textOf(answer) } }];
}

function scoresOf(line: JsonObject): Score[] {
  const data = recordOf(line['data']);
  if (line['type'] === 'match') {
    const isCorrect = data['correct'] === true;
    const expected = data['expected'];
    const why = expected === undefined || isCorrect ? null : `expected ${textOf(expected)}`;
    return [judged('match', Number(isCorrect), isCorrect ? 'correct' : 'incorrect', why, 'code')];
  }
  if (line['type'] !== 'metrics') return [];
  return Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'boolean' || numberOf(value) !== null
      ? (namedScore(name, value, 'code') ?? [])
      : [],
  );
}

function errorOf(lines: readonly JsonObject[]): string | null {
  const data = recordOf(lines.find(({ type }) => type === 'error')?.['data']);
  return stringOf(data['message'] ?? data['error']);
}
