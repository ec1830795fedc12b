import { describe, expect, it } from 'vitest';
import { enumerationsIn } from './enumeration.ts';

describe('enumerationsIn', () => {
  it.each([
    ["for 'A-1', 'A-2', and 'A-3'", [['A-1', 'A-2', 'A-3']]],
    ['the films "Up," and "Heat"', [['Up', 'Heat']]],
    ['in New York and Paris today', [['New York', 'Paris']]],
    ['made of copper and zinc.', [['copper', 'zinc']]],
    ['iron, copper and zinc', [['iron', 'copper', 'zinc']]],
    ['copper and then leave', []],
    ['Berlin or Paris', []],
    ['one thing', []],
  ])('finds in %j: %j', (text, expected) => {
    expect(enumerationsIn(text)).toEqual(expected);
  });
});

it.each(["'a', ", 'Ab ', 'Ab, ', 'ab, ', 'ab-'])('reads long runs of %j in linear time', (unit) => {
  // A quadratic reader exceeds the time limit of a test.
  expect(enumerationsIn(unit.repeat(100_000))).toEqual([]);
});
