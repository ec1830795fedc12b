import { expect, test } from 'vitest';
import { figure, shortPercent } from './figures.ts';

test.each([
  [1302.4, '1,302'],
  [79.6, '80'],
  [9.96, '10'],
  [5.04, '5.0'],
  [0.312, '0.31'],
  [0, '0'],
  [null, '–'],
  [Number.NaN, '–'],
])('%s reads %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

test('a share stays short', () => {
  expect([0.00001, 0.42, 0.997, 1].map(shortPercent)).toEqual(['<0.01%', '42%', '>99%', '100%']);
});
