import { describe, expect, test } from 'vitest';
import { projectState, sourceState } from './source-state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LAST = 1_800_000_000_000;

const silent = (silence: number, slots: number, usualInterval: number, longestInterval: number) =>
  sourceState({ last: LAST, activity: { slots, usualInterval, longestInterval } }, LAST + silence);

describe('a source that sends all the time', () => {
  test('is stopped after 15 minutes', () => {
    expect(silent(15 * MINUTE, 500, 5 * MINUTE, 5 * MINUTE)).toEqual({
      state: 'receiving',
      stoppedAfter: 15 * MINUTE,
    });
    expect(silent(15 * MINUTE + 1, 500, 5 * MINUTE, 5 * MINUTE).state).toBe('stopped');
  });

  test('and paused over a weekend before is stopped after one and a half of them', () => {
    expect(silent(64 * HOUR, 5_000, 5 * MINUTE, 64 * HOUR).state).toBe('receiving');
    expect(silent(97 * HOUR, 5_000, 5 * MINUTE, 64 * HOUR)).toEqual({
      state: 'stopped',
      stoppedAfter: 96 * HOUR,
    });
  });
});

test('a nightly job is stopped after three days without it', () => {
  expect(silent(2 * DAY, 28, DAY, DAY).state).toBe('receiving');
  expect(silent(3 * DAY + 1, 28, DAY, DAY).state).toBe('stopped');
});

test('a source that never sent regularly is never stopped; it has no data after 7 days', () => {
  expect(silent(DAY, 9, HOUR, HOUR)).toEqual({ state: 'receiving', stoppedAfter: null });
  expect(silent(7 * DAY + 1, 9, HOUR, HOUR)).toEqual({ state: 'no_data', stoppedAfter: null });
});

test('a project is as lively as its liveliest source', () => {
  expect(projectState([])).toBe('no_data');
  expect(projectState(['no_data', 'stopped'])).toBe('stopped');
  expect(projectState(['stopped', 'receiving'])).toBe('receiving');
});
