import { describe, expect, test } from 'vitest';
import { falseAlarms, missedSteps, TRAFFIC } from '../testing/watcher-trials.ts';

describe.each(TRAFFIC)('$method', (traffic) => {
  test('has at most one false incident in 90 days in 95% of watchers', () => {
    expect(falseAlarms(traffic, 10)).toBeLessThanOrEqual(0.05);
  });
});

// A chart of slow shifts is not made for steps.
describe.each(TRAFFIC.filter(({ method }) => method !== 'cusum'))('$method', (traffic) => {
  test('finds three times as much within two windows in 95% of trials', () => {
    expect(missedSteps(traffic, { trials: 20, factor: 3, hours: 2 })).toBeLessThanOrEqual(0.05);
  });
});

test('cusum finds a shift of 1.5 standard deviations of an hour within two days', () => {
  const factor = Math.exp(1.5 * (0.8 / Math.sqrt(100)));
  const traffic = { method: 'cusum', days: 33, perHour: 100 } as const;
  expect(missedSteps(traffic, { trials: 20, factor, hours: 48 })).toBeLessThanOrEqual(0.05);
});
