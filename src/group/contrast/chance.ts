import { permutation, seedRandom } from '../../numeric/random/random.ts';
import { bitsFor, countBoth, setBit } from './bits.ts';
import type { Candidate } from './condition-pool.ts';

const SHUFFLES = 99;
/** Place of the 95th percentile among 99 maxima. */
const PLACE = 94;

/** n × ln n for whole n, as a table. */
export function entropyTable(most: number): Float64Array {
  const table = new Float64Array(most + 1);
  for (let n = 2; n <= most; n++) table[n] = n * Math.log(n);
  return table;
}

/**
 * Likelihood ratio G between failing and meeting a condition; negative if rows that meet it fail less often.
 * `inFailed` of `failures`, and `support` of all `rows`, meet it.
 */
export function signedG(
  table: Float64Array,
  inFailed: number,
  support: number,
  failures: number,
  rows: number,
): number {
  const inPassed = support - inFailed;
  const passes = rows - failures;
  const g =
    2 *
    (table[inFailed]! +
      table[inPassed]! +
      table[failures - inFailed]! +
      table[passes - inPassed]! -
      table[support]! -
      table[rows - support]! -
      table[failures]! -
      table[passes]! +
      table[rows]!);
  return inFailed * rows >= support * failures ? g : -g;
}

/**
 * The G that the best condition of a pool reaches by chance: the 95th percentile, over 99 shuffles of the outcomes, of
 * the highest G of all conditions (Westfall and Young's maximum). This corrects for searching thousands of conditions.
 */
export function chanceThreshold(
  pool: readonly Candidate[],
  rows: number,
  failures: number,
  seed: number,
): number {
  if (pool.length === 0 || failures === 0 || failures === rows) return Number.POSITIVE_INFINITY;
  const table = entropyTable(rows);
  const maxima: number[] = [];
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    const order = permutation(rows, seedRandom(seed, shuffle + 1));
    const failed = bitsFor(rows);
    for (let at = 0; at < failures; at++) setBit(failed, order[at]!);
    let most = 0;
    for (const { bits, support } of pool) {
      const g = signedG(table, countBoth(bits, failed), support, failures, rows);
      if (g > most) most = g;
    }
    maxima.push(most);
  }
  return maxima.sort((a, b) => a - b)[PLACE]!;
}

/** Traces that a condition without passed traces needs to pass the test, when a share `base` of all traces fails. */
export const tracesToSettle = (threshold: number, base: number): number | null =>
  Number.isFinite(threshold) && base < 1 ? Math.ceil(threshold / (2 * Math.log(1 / base))) : null;
