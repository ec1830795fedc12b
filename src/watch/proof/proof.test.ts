import { describe, expect, test } from 'vitest';
import { nextBinomial } from '../../numeric/random/binomial.ts';
import { seedRandom } from '../../numeric/random/random.ts';
import { type Proof, proofOf, proofState } from './proof.ts';

const before = { events: 100, exposures: 10_000 };
const after = (events: number, exposures: number) => proofOf(before, { events, exposures });

test('without a recurrence, 9 ÷ the rate before proves that less than a third is left', () => {
  // 1% before: 900 traces. 0 of 900 leaves at most 0.05^(1/900) = 3.3 per 1,000 (Hanley and Lippman-Hand 1983).
  expect(after(0, 0)).toMatchObject({ state: 'open', needed: 900 });
  expect(after(0, 899)).toMatchObject({ state: 'open', needed: 1 });
  expect(after(0, 900)).toMatchObject({ state: 'proved', needed: 0 });
  expect(1 - 0.05 ** (1 / 900)).toBeLessThan(0.01 / 3);
  expect(after(0, 900).target).toBeCloseTo(10 / 3, 9);
});

test('after a recurrence more traces are needed, and a bound that holds at every look', () => {
  const one = after(1, 900);
  expect(one.state).toBe('open');
  expect(one.needed).toBeGreaterThan(900);
  expect(after(1, 900 + one.needed!).state).toBe('proved');
  expect(after(1, 900 + one.needed! - 1).state).toBe('open');
});

test('it has regressed when surely more than a third is left', () => {
  expect(after(3, 900).state).toBe('open');
  expect(after(20, 1_000)).toMatchObject({ state: 'regressed', needed: null });
  const [low] = after(20, 1_000).after.interval;
  expect(low).toBeGreaterThan(after(20, 1_000).target);
});

test('nothing can be said where nothing failed before, and nothing breaks without traces', () => {
  expect(proofOf({ events: 0, exposures: 500 }, { events: 0, exposures: 10_000 })).toMatchObject({
    state: 'no rate before',
    needed: null,
  });
  expect(proofOf({ events: 0, exposures: 0 }, { events: 0, exposures: 0 })).toMatchObject({
    state: 'no rate before',
    before: { rate: 0 },
    after: { rate: 0, interval: [0, 1000] },
  });
});

/** Runs of a fix that leaves this share of 1%, looked at every day for 90 days: the share that ever came to a state. */
function ever(state: Proof['state'], left: number, perDay: number, runs = 1_000): number {
  const random = seedRandom(11);
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    let [events, exposures] = [0, 0];
    for (let day = 0; day < 90; day += 1) {
      exposures += perDay;
      events += nextBinomial(random, perDay, left * 0.01);
      if (proofState(before, { events, exposures }) !== state) continue;
      found += 1;
      break;
    }
  }
  return found / runs;
}

describe('looked at every day', () => {
  test.each([20, 200, 2_000])(
    'a fix that leaves a third, at %i traces a day, is called regressed in at most 5%%',
    (perDay) => {
      expect(ever('regressed', 1 / 3, perDay)).toBeLessThanOrEqual(0.05);
    },
  );

  test('a fix that leaves a third is called proved in at most 7%', () => {
    expect(ever('proved', 1 / 3, 200)).toBeLessThanOrEqual(0.07);
  });

  test('a fix that changed nothing is found out, and one that left nothing is proved', () => {
    expect(ever('regressed', 1, 200)).toBeGreaterThan(0.99);
    expect(ever('proved', 0, 200)).toBe(1);
  });
});
