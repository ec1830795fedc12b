import { describe, expect, it } from 'vitest';
import { isSameNumber, numbersIn } from './request-numbers.ts';

const values = (text: string) => numbersIn(text).map(({ value }) => value);

describe('numbersIn', () => {
  it.each([
    ['$1,234.50 for 2 nights', [1234.5, 2]],
    ['two dice and twelve eggs', [2, 12]],
    ['5km in 10min, the 3rd time', [5, 10, 3]],
    ['5k, 2 million and 3 dozen', [5000, 2e6, 36]],
    ['1e-9 and .5', [1e-9, 0.5]],
    ['B08BHXG144, v2 and x^2', []],
    ['none', []],
  ])('finds in %j: %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('finds percentages and the words around them', () => {
    expect(numbersIn('a radius of 5 meters, at 3% yield')).toMatchObject([
      { value: 5, isPercent: false, before: 'radius', after: ['meters'] },
      { value: 3, isPercent: true, after: ['yield'] },
    ]);
  });

  it('reads at most 200 numbers, from the first 20,000 characters', () => {
    expect(values('7 '.repeat(300))).toHaveLength(200);
    expect(values(`${'x '.repeat(9_999)}7 8`)).toEqual([7]);
    expect(values(`${'x '.repeat(10_000)}7`)).toEqual([]);
  });
});

describe('isSameNumber', () => {
  const said = (text: string) => numbersIn(text)[0]!;
  it.each([
    [0.05, '5%', true],
    [5, '5%', true],
    [-3, '3 degrees', true],
    [1500, '1.5 km', true],
    [115.2, '15.2 volts', false],
    [90, '100 kg', false],
  ])('decides whether %d expresses %j', (value, text, expected) => {
    expect(isSameNumber(value, said(text))).toBe(expected);
  });
});
