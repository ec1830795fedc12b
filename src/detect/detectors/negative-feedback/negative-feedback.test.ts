import { expect, test } from 'vitest';
import type { Score } from '../../../contract/trace.ts';
import { makeTrace, signalsOf, yes } from '../../../testing/trace.ts';
import { negativeFeedback } from './negative-feedback.ts';

const make = (name: string, value: number | null, label: string | null = null): Score => ({
  name,
  value,
  label,
  explanation: null,
  annotator: 'model',
  spanId: null,
});

test.each([
  ['user-feedback', 0, null, null, ['thumbs down']],
  ['user-feedback', -1, null, null, ['thumbs down']],
  ['user-feedback', 1, null, null, null],
  ['thumbs', null, '👎', null, ['label']],
  ['thumbs', null, 'thumbs-up', null, null],
  ['thumbs_down', 1, null, null, ['thumbs down']],
  ['rating', 2, null, null, ['rating']],
  ['rating', 5, null, null, null],
  ['star_rating', 1, null, null, ['rating']],
  ['csat', 1, null, null, ['rating']],
  ['NPS', 6, null, null, ['rating']],
  ['NPS', 9, null, null, null],
  ['feedback', null, null, 'That is wrong, I asked about Berlin', ['comment']],
])('feedback %s = %s %s %s', (name, value, label, explanation, cause) => {
  const scores = [{ ...make(name, value, label), explanation }];
  const signals = yes(negativeFeedback, makeTrace({ scores }));
  expect(signals[0]?.cause ?? null).toEqual(cause);
});

test('a rating of 1 alone may be a thumbs-up or the lowest of five, so it cannot tell', () => {
  const signals = signalsOf(negativeFeedback, makeTrace({ scores: [make('rating', 1)] }));
  expect(signals[0]?.verdict).toBe('unknown');
});

test('a tag can carry feedback', () => {
  const signals = signalsOf(negativeFeedback, makeTrace({ tags: ['beta', 'thumbs_down'] }));
  expect(signals[0]).toMatchObject({
    verdict: 'yes',
    evidence: [{ path: '/tags/1', quote: 'thumbs_down' }],
  });
});
