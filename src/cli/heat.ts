import { style } from './style.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** One bar for a share of the highest; colored where it is more than a third. */
export function heat(value: number, most: number): string {
  const share = most > 0 ? value / most : 0;
  const bar = barOf(share);
  return share > 1 / 3 ? style('red', bar) : style('dim', bar);
}

const barOf = (share: number): string =>
  BARS[Math.min(BARS.length - 1, Math.max(0, Math.round(share * (BARS.length - 1))))]!;

/**
 * Values over time as a row of bars, scaled from 0 (or from the lowest value, if any is negative) to the highest; a dot marks a missing value.
 * With more values than `width`, neighbors are joined by their mean, each with its weight.
 */
export function sparkline(
  values: readonly (number | null)[],
  weights: readonly number[],
  width: number,
): string {
  const length = Math.min(width, values.length);
  const joined = Array.from({ length }, (_, at) => {
    const from = Math.floor((at * values.length) / length);
    const to = Math.floor(((at + 1) * values.length) / length);
    let total = 0;
    let weight = 0;
    for (let index = from; index < to; index += 1) {
      const value = values[index]!;
      if (value === null) continue;
      total += value * weights[index]!;
      weight += weights[index]!;
    }
    return weight > 0 ? total / weight : null;
  });
  const known = joined.filter((value) => value !== null);
  const least = Math.min(0, ...known);
  const most = Math.max(...known);
  return joined
    .map((value) =>
      value === null
        ? style('dim', '·')
        : barOf(most > least ? (value - least) / (most - least) : 0),
    )
    .join('');
}
