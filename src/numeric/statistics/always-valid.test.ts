import { expect, test } from 'vitest';
import { nextFloat, seedRandom } from '../random/random.ts';
import { alwaysValid, isExcluded } from './always-valid.ts';

// scipy 1.17.1: brentq on betaln(k + 1/2, n − k + 1/2) − betaln(1/2, 1/2) − k ln p − (n − k) ln(1 − p) = ln 20.
test.each([
  [0, 10, 0, 0.376987351],
  [0, 900, 0, 0.007713908896],
  [3, 10, 0.03251513979, 0.7475871099],
  [5, 5, 0.4149675318, 1],
  [12, 1000, 0.003357733644, 0.02919779988],
  [200, 1000, 0.156554626, 0.2487628533],
  [37, 12345, 0.001438543475, 0.005403158515],
])('%i of %i', (k, n, low, high) => {
  const [lower, upper] = alwaysValid(k, n);
  expect(lower).toBeCloseTo(low, 9);
  expect(upper).toBeCloseTo(high, 9);
});

test('the mixture is the product of the chances that it gave each trial before it came', () => {
  const trials = [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
  let [chance, seen] = [1, 0];
  for (const [at, each] of trials.entries()) {
    const next = (seen + 0.5) / (at + 1);
    chance *= each === 1 ? next : 1 - next;
    seen += each;
  }
  const [low, high] = alwaysValid(seen, trials.length);
  for (const p of [low, high])
    expect(chance / (p ** seen * (1 - p) ** (trials.length - seen))).toBeCloseTo(20, 6);
});

test('nothing is known before the first trial', () => {
  expect(alwaysValid(0, 0)).toEqual([0, 1]);
});

test('a proportion is excluded outside of the interval alone', () => {
  const [low, high] = alwaysValid(12, 1000);
  expect(
    [low * 0.999, low * 1.001, high * 0.999, high * 1.001].map((p) => isExcluded(p, 12, 1000)),
  ).toEqual([true, false, false, true]);
});

test.each([0.003, 0.05, 0.5])(
  'at 1,000 looks together it misses %d in at most 5%% of 300 runs',
  (p) => {
    const state = seedRandom(7);
    let missed = 0;
    for (let run = 0; run < 300; run += 1) {
      let k = 0;
      for (let n = 1; n <= 1_000; n += 1) {
        k += nextFloat(state) < p ? 1 : 0;
        if (!isExcluded(p, k, n)) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / 300).toBeLessThanOrEqual(0.05);
  },
);
