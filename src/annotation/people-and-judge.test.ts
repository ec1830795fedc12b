import { expect, test } from 'vitest';
import { peopleAndJudge } from './people-and-judge.ts';

const many = (count: number, isFailure: boolean, score: number) =>
  Array.from({ length: count }, () => ({ isFailure, score }));

test('the table of two by two, and κ as in the textbook example', () => {
  // Wikipedia, "Cohen's kappa": 20, 5, 10, 15 give κ = 0.4.
  const compared = peopleAndJudge(
    [...many(20, true, 0.1), ...many(5, true, 0.9), ...many(10, false, 0.2), ...many(15, false, 1)],
    0.5,
  );
  expect(compared).toMatchObject({ found: 20, missed: 5, falseAlarms: 10, passed: 15, same: 0.7 });
  expect(compared.kappa).toBeCloseTo(0.4, 10);
});

test('a score at the threshold passes; without traces nothing is said', () => {
  expect(peopleAndJudge([{ isFailure: false, score: 0.5 }], 0.5).passed).toBe(1);
  expect(peopleAndJudge([], 0.5)).toMatchObject({ traces: 0, same: null, kappa: null });
});
