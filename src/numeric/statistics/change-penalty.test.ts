import { describe, expect, test } from 'vitest';
import { nextBinomial } from '../random/binomial.ts';
import { nextFloat, nextNormal, seedRandom } from '../random/random.ts';
import { binomialAtLeast } from './binomial.ts';
import { dispersion, meanPenalty, rateDispersion, ratePenalty } from './change-penalty.ts';
import { pelt } from './pelt.ts';
import { binomialCost, meanCost } from './segment-cost.ts';

const SERIES = 300;

/** Whether as many false alarms as these are compatible with a chance of 5%. */
const atMostFivePercent = (alarms: number, among: number): boolean =>
  binomialAtLeast(alarms, among, 0.05) > 0.01;

describe('at most 5% of constant series show a change', () => {
  test.each([
    [11, 100, 0.02],
    [32, 40, 0.1],
    [60, 2_000, 0.005],
  ])('rates in %s groups of about %s traces at %s', (length, usual, rate) => {
    const state = seedRandom(1, length);
    const exposures = Array.from({ length }, () =>
      Math.round(usual * (0.3 + 1.4 * nextFloat(state))),
    );
    const total = exposures.reduce((sum, n) => sum + n, 0);
    const penalty = ratePenalty(exposures, total * rate);
    let alarms = 0;
    for (let series = 0; series < SERIES; series += 1) {
      const events = exposures.map((n) => nextBinomial(state, n, rate));
      if (pelt(length, binomialCost(events, exposures), penalty).length > 0) alarms += 1;
    }
    expect(atMostFivePercent(alarms, SERIES), `${alarms} false alarms`).toBe(true);
  });

  test('means', () => {
    const state = seedRandom(2);
    const counts = Array.from({ length: 30 }, () => 5 + Math.round(40 * nextFloat(state)));
    const penalty = meanPenalty(counts);
    let alarms = 0;
    for (let series = 0; series < SERIES; series += 1) {
      const values = counts.map((n) => 0.7 + (0.2 * nextNormal(state)) / Math.sqrt(n));
      const weights = counts.map((n) => n / 0.04);
      if (pelt(30, meanCost(values, weights), penalty).length > 0) alarms += 1;
    }
    expect(atMostFivePercent(alarms, SERIES), `${alarms} false alarms`).toBe(true);
  });
});

test('a rate that triples is found where it does', () => {
  const exposures = Array<number>(30).fill(300);
  const state = seedRandom(3);
  const usual = ratePenalty(exposures, 162);
  let found = 0;
  for (let series = 0; series < 100; series += 1) {
    const events = exposures.map((n, at) => nextBinomial(state, n, at < 18 ? 0.01 : 0.03));
    const penalty = usual * rateDispersion(events, exposures);
    const [first, ...more] = pelt(30, binomialCost(events, exposures), penalty);
    if (more.length === 0 && first !== undefined && Math.abs(first - 18) <= 2) found += 1;
  }
  expect(found).toBeGreaterThanOrEqual(90);
});

test('several series make the penalty higher', () => {
  const exposures = Array<number>(12).fill(100);
  expect(ratePenalty(exposures, 50, { series: 20 })).toBeCloseTo(
    ratePenalty(exposures, 50) + 2 * Math.log(20),
    10,
  );
});

describe('the dispersion', () => {
  test('is 1 where chance explains the steps, and where there are few', () => {
    expect(dispersion([1, 9, 1], [0.1, 0.1, 0.1])).toBe(1);
    expect(rateDispersion(Array<number>(20).fill(5), Array<number>(20).fill(100))).toBe(1);
  });

  test('grows where days differ for other reasons, and not by one change', () => {
    const exposures = Array<number>(40).fill(1_000);
    const wavy = exposures.map((_, at) => (at % 2 === 0 ? 50 : 100));
    expect(rateDispersion(wavy, exposures)).toBeGreaterThan(10);
    const step = exposures.map((_, at) => (at < 20 ? 50 : 100));
    expect(rateDispersion(step, exposures)).toBe(1);
  });
});
