import { expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { isReasonColumn, scoreColumn } from './score-column.ts';

it.each([
  ['faithfulness', '0.25', 0.25, null],
  ['factual_correctness(mode=f1)', 1, 1, null],
  ['success', false, 0, 'false'],
  ['Passed', 'False', 0, 'false'],
  ['is_error', true, 1, 'true'],
  ['outcome', 'FAIL', null, 'FAIL'],
  ['verdict', 'correct', null, 'correct'],
  ['feedback_scores.Tone', 0.5, 0.5, null],
  ['score_politeness', 2, 2, null],
] as [string, Json, number | null, string | null][])(
  '%s = %j is a score',
  (key, value, number, label) => {
    expect(scoreColumn(key, value, {})).toMatchObject({ value: number, label });
  },
);

it.each([
  ['colour', 3],
  ['label', 'positive'],
  ['outcome', 'the order was shipped to the wrong house'],
  ['result', 42],
  ['faithfulness', 'high'],
  ['accuracy', { a: 1 }],
] as [string, Json][])('%s = %j is none', (key, value) => {
  expect(scoreColumn(key, value, {})).toBeNull();
});

it('the reason beside a score explains it', () => {
  const row = { correctness: 0, correctness_reason: 'wrong year' };
  expect(scoreColumn('correctness', 0, row)?.explanation).toBe('wrong year');
  expect(isReasonColumn('correctness_reason', row)).toBe(true);
  expect(isReasonColumn('colour_reason', { colour: 1, colour_reason: 'x' })).toBe(false);
});
