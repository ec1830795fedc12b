import { expect, test } from 'vitest';
import { detectorIds } from '../detect.ts';
import { checksOf } from './parse-checks.ts';
import { starterChecks } from './starter-checks.ts';

test('starter checks are valid user checks with unique names', () => {
  expect(checksOf(starterChecks, detectorIds())).toEqual(starterChecks);
});

test('all but two name a category that a detector names too', () => {
  const own = starterChecks.filter(({ category }) => !detectorIds().has(category));
  expect(own.map(({ category }) => category)).toEqual([
    'instruction_not_followed',
    'incomplete_answer',
  ]);
});
