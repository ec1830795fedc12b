import { expect, test } from 'vitest';
import { powerOfSlice } from '../../numeric/statistics/power.ts';
import { makeCase, makeCause } from '../testing/outcomes.ts';
import { fixVerdict } from './fix-verdict.ts';
import { judgeRun } from './judge-run.ts';
import type { CaseOutcomes } from './outcomes.ts';

const kept: readonly CaseOutcomes[] = [
  makeCase('guard-1', 'guard', 'FFFFF', 'ppppp'),
  makeCase('control-1', 'control', 'ppppp', 'ppppp'),
];

/** A slice of which so many cases turn, and the others stay as they are or fail in another way. */
const slice = (turned: number, others: number, other = 'FFFFF'): readonly CaseOutcomes[] =>
  Array.from({ length: turned + others }, (_, at) =>
    makeCase(`slice-${at}`, 'slice', 'FFFFF', at < turned ? 'ppppp' : other),
  );

const judged = (cases: readonly CaseOutcomes[], family = 1) =>
  fixVerdict(judgeRun([makeCause([...kept, ...cases])], family), { smallestEffect: 0.5, family });

test('6–0 is the first that works; for one of two hypotheses, it is no evidence', () => {
  expect(judged(slice(6, 0))).toMatchObject({ verdict: 'works', needed: null });
  expect(judged(slice(5, 0)).verdict).toBe('no_evidence');
  const shared = judged(slice(6, 0), 2);
  expect(shared.verdict).toBe('no_evidence');
  expect(shared.sentence).toMatch(/p 0\.06/);
});

test('what leaves a slice of twenty as it is is refuted; with a slice of two, nobody can tell', () => {
  // Wilson: 0 of 20 is at most 16%, 0 of 2 at most 66%.
  expect(judged(slice(0, 20))).toEqual({
    verdict: 'refuted',
    sentence:
      'the slice rises by less than the 50% that is worth having (at most 16%): 0 better, 0 worse of 20',
    needed: null,
  });
  const few = judged(slice(0, 2));
  expect(few.verdict).toBe('no_evidence');
  // With as many more, a change with the smallest effect is found in four of five runs.
  const all = 2 + few.needed!;
  expect(powerOfSlice(all, 0.5)).toBeGreaterThanOrEqual(0.8);
  expect(powerOfSlice(all - 1, 0.5)).toBeLessThan(0.8);
});

test('a rise that is not significant says how many more cases like these would decide', () => {
  const { verdict, needed } = judged(slice(4, 2));
  expect(verdict).toBe('no_evidence');
  expect(powerOfSlice(6 + needed!, 4 / 6)).toBeGreaterThanOrEqual(0.8);
  expect(powerOfSlice(5 + needed!, 4 / 6)).toBeLessThan(0.8);
  expect(judged(slice(4, 2), 3).needed!).toBeGreaterThan(needed!);
});

test('failures that move are relocated, and a control that fails now is refuted', () => {
  expect(judged(slice(0, 20, 'LLLLL')).verdict).toBe('relocated');
  const broken = makeCase('control-2', 'control', 'ppppp', 'fffff');
  expect(judged([...slice(20, 0), broken])).toMatchObject({ verdict: 'refuted' });
});

test('a run that is no result says nothing', () => {
  expect(judged([...slice(19, 0), makeCase('slice-x', 'slice', 'FFFFF', 'eeeee')])).toMatchObject({
    verdict: 'incomplete',
  });
  expect(fixVerdict(judgeRun([]), { smallestEffect: 0.5, family: 1 }).verdict).toBe('incomplete');
});

test('without a slice, guards alone are no evidence', () => {
  expect(judged([])).toMatchObject({ verdict: 'no_evidence' });
});
