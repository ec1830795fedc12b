import { expect, test } from 'vitest';
import { makeCase, makeCause } from '../testing/outcomes.ts';
import { falseAlarms } from './false-alarms.ts';

const cases = (baseline: string, candidate: string) => [
  ...[1, 2, 3].map((n) => makeCase(`guard-${n}`, 'guard', 'ppppp', 'ppppp')),
  ...Array.from({ length: 20 }, (_, n) => makeCase(`slice-${n}`, 'slice', baseline, candidate)),
];

test('a steady target raises no alarm, a flaky one seldom does', () => {
  expect(falseAlarms([makeCause(cases('ppppp', 'ppppp'))], 1, 100)).toMatchObject({ alarms: 0 });
  const flaky = falseAlarms([makeCause(cases('ppFFp', 'pFpFp'))], 1);
  expect(flaky.rate).toBeLessThan(0.05);
  expect(flaky.interval[1]).toBeGreaterThan(flaky.rate);
});

test('the same seed gives the same figure', () => {
  const outcomes = [makeCause(cases('ppFFp', 'pFpFp'))];
  expect(falseAlarms(outcomes, 7, 200)).toEqual(falseAlarms(outcomes, 7, 200));
});
