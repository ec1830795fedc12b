import { expect, test } from 'vitest';
import { progressLine } from './eval-progress.ts';

test('progress says what is left and what it costs', () => {
  const line = progressLine();
  line(1, 100, { tokens: 0, dollars: 0 }, 1_000);
  expect(line(50, 100, { tokens: 500, dollars: 0 }, 50_000)).toMatch(
    /^50 of 100 attempts, about 50(?:\.0)?\ss left, 500 tokens so far, about 1,000 in all$/,
  );
  expect(line(100, 100, { tokens: 0, dollars: 1 }, 90_000)).toMatch(
    /^100 of 100 attempts, 1\.0000\sUSD so far/,
  );
});
