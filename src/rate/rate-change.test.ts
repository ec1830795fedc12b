import { describe, expect, test } from 'vitest';
import { powerOfTraces } from '../numeric/statistics/power.ts';
import { countedRate, rateOf } from './rate.ts';
import { rateChange, testOf, VERSION_FLOOR } from './rate-change.ts';
import { tracesNeeded } from './traces-needed.ts';

/** The state of `a` of `n` before and `b` of `m` after, tested alone. */
function stateOf(a: number, n: number, b: number, m: number): string {
  const [before, after] = [countedRate(a, n), countedRate(b, m)];
  return rateChange(before, after, testOf(before, after, VERSION_FLOOR)).state;
}

describe('the state of a cause', () => {
  // Upper Wilson bounds of none in 1,000: 0.383%; in 100: 3.7%; of 1 in 1,000: 0.565% (statsmodels 0.14).
  test.each([
    ['none before, and surely less than a tenth of after', 0, 1_000, 40, 1_000, 'new'],
    ['none before, but after is not ten times the bound', 0, 1_000, 38, 1_000, 'grown'],
    ['one before is new too, if after is large enough', 1, 1_000, 57, 1_000, 'new'],
    ['nothing after', 40, 1_000, 0, 1_000, 'gone'],
    ['hardly anything after', 38, 1_000, 0, 1_000, 'shrunk'],
    ['more', 20, 1_000, 50, 1_000, 'grown'],
    ['less', 50, 1_000, 20, 1_000, 'shrunk'],
    ['as much, and no doubling', 200, 4_000, 205, 4_000, 'same'],
    ['as much, as far as is known', 10, 500, 11, 500, 'cannot tell'],
    ['99 exposures on one side', 0, 99, 99, 1_000, 'cannot tell'],
    ['four events together', 0, 1_000, 4, 100, 'cannot tell'],
  ])('%s: %i of %i, then %i of %i', (_, a, n, b, m, expected) => {
    expect(stateOf(a, n, b, m)).toBe(expected);
  });

  test('takes a sample for what it is', () => {
    const exact = [countedRate(20, 1_000), countedRate(50, 1_000)] as const;
    const weights = (count: number) => Array.from({ length: count }, () => 10);
    const sampled = [rateOf(weights(2), 1_000, 10), rateOf(weights(5), 1_000, 10)] as const;
    expect(sampled.map(({ events, exposures }) => [events, exposures])).toEqual(
      exact.map(({ events, exposures }) => [events, exposures]),
    );
    expect(testOf(...exact, VERSION_FLOOR)).toBeLessThan(0.001);
    expect(testOf(...sampled, VERSION_FLOOR)).toBeGreaterThan(0.2);
  });
});

describe('traces needed', () => {
  test('count up to 1,139 for 2% against 4%, and to 2,167 among 20 causes', () => {
    expect(tracesNeeded(countedRate(10, 500), countedRate(10, 500), 1)).toBe(1_139 - 500);
    expect(tracesNeeded(countedRate(10, 500), countedRate(10, 500), 20)).toBe(2_167 - 500);
  });

  test('are never fewer than a test takes: 100 traces a side', () => {
    expect(tracesNeeded(countedRate(25, 50), countedRate(25, 50), 1)).toBe(50);
    expect(tracesNeeded(countedRate(20, 40), countedRate(45, 90), 1)).toBe(60);
  });

  test('tell the difference that is seen, where a doubling and a halving would have shown', () => {
    const more = tracesNeeded(countedRate(100, 5_000), countedRate(120, 5_000), 1)!;
    expect(powerOfTraces(5_000 + more, 0.02, 0.024)).toBeGreaterThan(0.8);
    expect(powerOfTraces(4_950 + more, 0.02, 0.024)).toBeLessThan(0.8);
  });

  test('are unknown where nothing was seen, and none would tell equal rates apart', () => {
    expect(tracesNeeded(countedRate(0, 500), countedRate(0, 500), 1)).toBe(null);
    expect(tracesNeeded(countedRate(100, 5_000), countedRate(100, 5_000), 1)).toBe(null);
  });
});
