import { expect, test } from 'vitest';
import { countedMeans } from '../../watch/watch.ts';
import { effectiveSums } from './effective-sums.ts';

const sumsOf = (weight: number, values: readonly number[]) => ({
  weights: weight * values.length,
  weightSquares: weight * weight * values.length,
  total: weight * values.reduce((sum, value) => sum + value, 0),
  squares: weight * values.reduce((sum, value) => sum + value * value, 0),
});

test('weights of 1 give counts', () => {
  expect(effectiveSums([sumsOf(1, [1, 0, 0.5]), sumsOf(1, [1])])).toEqual([
    { count: 3, total: 1.5, squares: 1.25 },
    { count: 1, total: 1, squares: 1 },
  ]);
  expect(effectiveSums([])).toEqual([]);
});

/** By hand: weights 1, 1, 1 and 10 are worth 13² / 103 = 1.6408 values; the mean is 10 / 13. */
test('groups keep their means and shares, and together have the effective size', () => {
  const [failed, passed] = effectiveSums([sumsOf(1, [0, 0, 0]), sumsOf(10, [1])]);
  expect(failed!.count + passed!.count).toBeCloseTo(1.6408, 4);
  expect(passed!.count / failed!.count).toBeCloseTo(10 / 3, 12);
  expect(passed!.total / passed!.count).toBeCloseTo(1, 12);
  expect((failed!.total + passed!.total) / (failed!.count + passed!.count)).toBeCloseTo(
    10 / 13,
    12,
  );
});

test('a mean of few traces that stand for many is no more certain, and has a whole number of traces', () => {
  const values = Array.from({ length: 40 }, (_, at) => (at % 10) / 10);
  const kept = effectiveSums([sumsOf(10, values.slice(0, 20)), sumsOf(1, values.slice(20))]);
  const all = kept.reduce((one, other) => ({
    count: one.count + other.count,
    total: one.total + other.total,
    squares: one.squares + other.squares,
  }));
  // 220² / 2,020
  expect(all.count).toBeCloseTo(23.9604, 4);
  const [mean] = countedMeans([{ ...all, isBinary: false }]);
  expect(mean).toMatchObject({ traces: 24, mean: 0.45 });
});
