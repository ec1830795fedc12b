import { expect, test } from 'vitest';
import { quantities } from './numbers.ts';

test.each([
  ['It cost $1.2 million.', [['$1.2 million', 1_200_000, 'money']]],
  [
    'Up 12.5% from 1,234,567',
    [
      ['12.5%', 12.5, 'percent'],
      ['1,234,567', 1_234_567, 'plain'],
    ],
  ],
  [
    'In 1999 three of 40 left',
    [
      ['1999', 1999, 'year'],
      ['three', 3, 'plain'],
      ['40', 40, 'plain'],
    ],
  ],
  ['1. First\n2. Second', []],
  ['version 1.2.3, id A-17b, at 10:30', []],
  [
    '5k run, 3bn people',
    [
      ['5k', 5000, 'plain'],
      ['3bn', 3e9, 'plain'],
    ],
  ],
])('numbers in %s', (text, expected) => {
  expect(quantities(text).map(({ text, value, kind }) => [text, value, kind])).toEqual(expected);
});

test('the tolerance is half of the last digit', () => {
  expect(quantities('4.2 million, 17, 2.50')?.map(({ tolerance }) => tolerance)).toEqual([
    50_000, 0.5, 0.005,
  ]);
});
