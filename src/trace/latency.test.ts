import { expect, test } from 'vitest';
import { latency } from './latency.ts';

test.each([
  [1_000, 1_250, 250],
  [1_000, 1_000, 0],
  [1_250, 1_000, null],
  [null, 1_000, null],
  [1_000, null, null],
])('from %s to %s it is %s milliseconds', (startTime, endTime, expected) => {
  expect(latency({ startTime, endTime })).toBe(expected);
});
