import { expect, test } from 'vitest';
import { studentInterval, studentQuantile, studentTail } from './student.ts';

// scipy.stats.t.ppf(0.975, df), scipy 1.17.1.
test.each([
  [1, 12.706204736174694],
  [2, 4.302652729749462],
  [5, 2.5705818356363146],
  [30, 2.0422724563012378],
  [100, 1.9839715185235518],
  [100_000, 1.9599877075346095],
])('two-sided 95%% quantile of %i degrees of freedom', (degrees, expected) => {
  expect(studentQuantile(0.025, degrees) / expected).toBeCloseTo(1, 7);
});

test('tails', () => {
  // scipy.stats.t.sf
  expect(studentTail(2.5, 7)).toBeCloseTo(0.020496109292876, 10);
  expect(studentTail(-1, 3)).toBeCloseTo(1 - 0.195501109477885, 10);
});

test('the interval of a mean', () => {
  // scipy.stats.t.interval(0.95, 9, 0.7, 0.2 / sqrt(10))
  const [low, high] = studentInterval(10, 0.7, 0.2)!;
  expect(low).toBeCloseTo(0.5569286, 6);
  expect(high).toBeCloseTo(0.8430714, 6);
  expect(studentInterval(1, 0.7, 0)).toBe(null);
});
