import { expect, test } from 'vitest';
import { saidOf, saysWhy } from './dispute.ts';

const said = saidOf(['groundedness<0.7']);

test('scores are judged by the rules, else by the direction of common names, else not at all', () => {
  const scores = (given: Record<string, number>) => said({ scores: given, signals: [] }).scores;
  expect(scores({ groundedness: 0.69 })).toBe(true);
  expect(scores({ groundedness: 0.7 })).toBe(false);
  expect(scores({ correctness: 0 })).toBe(true);
  expect(scores({ correctness: 1 })).toBe(false);
  expect(scores({ correctness: 1, groundedness: 0.1 })).toBe(true);
  expect(scores({ mystery: 0 })).toBe(null);
  expect(scores({})).toBe(null);
});

test('a detector says why; a score, an error status, a symptom or an outlier does not', () => {
  const found = (...signals: readonly string[]) => said({ scores: {}, signals }).detectors;
  expect(found('agent_loop')).toBe(true);
  expect(found('score', 'error_status', 'latency_outlier', 'user_frustration')).toBe(false);
  expect(found()).toBe(false);
  expect(['error_status', 'infrastructure_error'].filter(saysWhy)).toEqual([
    'infrastructure_error',
  ]);
});

test('a rule that cannot be read is refused', () => {
  expect(() => saidOf(['groundedness'])).toThrow(/score rule/);
});
