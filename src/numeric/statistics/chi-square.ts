import { regularizedGammaUpper } from './special-functions.ts';

/** Chance that χ² with so many degrees of freedom is at least `value`. */
export const chiSquareTail = (value: number, degrees: number): number =>
  degrees <= 0 ? 1 : regularizedGammaUpper(degrees / 2, value / 2);

/** Fewer expected in a cell are joined with the next rarest. */
const EXPECTED = 5;

/**
 * p-value of Pearson's χ² test that two groups have the same distribution over categories; `first` and `second` are their
 * counts in each. Categories of fewer than five expected in either group are joined, the rarest first. 1 where fewer than
 * two are left.
 */
export function sameDistribution(first: readonly number[], second: readonly number[]): number {
  const n1 = first.reduce((sum, count) => sum + count, 0);
  const n2 = second.reduce((sum, count) => sum + count, 0);
  const rarest = Math.min(n1, n2) / (n1 + n2);
  if (!(rarest > 0)) return 1;
  const cells = first
    .map((count, at): readonly [number, number] => [count, second[at] ?? 0])
    .filter(([a, b]) => a + b > 0)
    .sort(([a, b], [c, d]) => a + b - c - d);
  const joined: (readonly [number, number])[] = [];
  let open: readonly [number, number] = [0, 0];
  for (const [a, b] of cells) {
    open = [open[0] + a, open[1] + b];
    if ((open[0] + open[1]) * rarest < EXPECTED) continue;
    joined.push(open);
    open = [0, 0];
  }
  const last = joined.pop();
  if (last !== undefined) joined.push([last[0] + open[0], last[1] + open[1]]);
  if (joined.length < 2) return 1;
  let statistic = 0;
  for (const [a, b] of joined) {
    const expected = ((a + b) * n1) / (n1 + n2);
    statistic += (a - expected) ** 2 / expected;
    statistic += (b - (a + b - expected)) ** 2 / (a + b - expected);
  }
  return chiSquareTail(statistic, joined.length - 1);
}
