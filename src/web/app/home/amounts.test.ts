import { describe, expect, test } from 'vitest';
import { cents, shortCount, shortTime } from './amounts.ts';

describe('amounts in few characters', () => {
  test.each([
    [0.0042, '$0.0042'],
    [0.5, '$0.50'],
    [12.345, '$12.35'],
    [4321.5, '$4,322'],
  ])('%d dollars', (dollars, text) => {
    expect(cents(dollars)).toBe(text);
  });

  test.each([
    [840, '840 tok'],
    [296_400, '296k tok'],
    [1_240_000, '1.2M tok'],
  ])('%d tokens', (tokens, text) => {
    expect(shortCount(tokens)).toBe(text);
  });

  test.each([
    [12_000, '12 s'],
    [540_000, '9 min'],
    [12_600_000, '3.5 h'],
  ])('%d milliseconds', (time, text) => {
    expect(shortTime(time)).toBe(text);
  });
});
