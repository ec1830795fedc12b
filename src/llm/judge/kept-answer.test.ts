import { expect, test } from 'vitest';
import { keptAnswer } from './kept-answer.ts';

const kept = { answer: { verdict: 'no' }, inputTokens: 10, outputTokens: null };

test('reads a cached answer as it was written', () => {
  expect(keptAnswer(kept)).toEqual(kept);
});

test.each([
  undefined,
  null,
  'no',
  { ...kept, answer: ['no'] },
  { ...kept, inputTokens: 'ten' },
  { answer: kept.answer },
])('%j is not a cached answer', (value) => {
  expect(keptAnswer(value)).toBeNull();
});
