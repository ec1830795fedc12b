import { expect, test } from 'vitest';
import { keptAnswer } from './kept-answer.ts';

const kept = { answer: { verdict: 'no' }, inputTokens: 10, outputTokens: null };

test('a kept answer is read as it was written', () => {
  expect(keptAnswer(kept)).toEqual(kept);
});

test.each([
  undefined,
  null,
  'no',
  { ...kept, answer: ['no'] },
  { ...kept, inputTokens: 'ten' },
  { answer: kept.answer },
])('%j is none', (value) => {
  expect(keptAnswer(value)).toBeNull();
});
