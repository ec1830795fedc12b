import { wilson } from './wilson.ts';

/**
 * Interval of the difference mean(after) − mean(before) of paired shares, each 0 to 1: Newcombe's score interval for
 * pairs (1998, method 10), from Wilson's interval of each mean and the correlation of the pairs with its continuity
 * correction. For outcomes 0 and 1 it is the published interval; for rates of several attempts the pair stays the unit,
 * which is conservative. Without pairs, [−1, 1].
 */
export function newcombePaired(
  before: readonly number[],
  after: readonly number[],
  z?: number,
): readonly [number, number] {
  const n = before.length;
  if (n === 0) return [-1, 1];
  const [p1, p2] = [mean(after), mean(before)];
  const [low1, high1] = wilson(p1, n, z);
  const [low2, high2] = wilson(p2, n, z);
  const phi = correlation(before, after, p1, p2);
  const side = (a: number, b: number): number =>
    Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  const difference = p1 - p2;
  return [
    Math.max(-1, difference - side(p1 - low1, high2 - p2)),
    Math.min(1, difference + side(high1 - p1, p2 - low2)),
  ];
}

/** φ of the pairs, its numerator moved toward 0 by half a pair where it is positive; 0 where a side does not vary. */
function correlation(
  before: readonly number[],
  after: readonly number[],
  p1: number,
  p2: number,
): number {
  const n = before.length;
  const spread = Math.sqrt(p1 * (1 - p1) * p2 * (1 - p2));
  if (spread === 0) return 0;
  let both = 0;
  for (let index = 0; index < n; index += 1) both += after[index]! * before[index]!;
  const covariance = both / n - p1 * p2;
  const corrected = covariance > 0 ? Math.max(0, covariance - 1 / (2 * n)) : covariance;
  return corrected / spread;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
