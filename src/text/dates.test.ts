import { expect, test } from 'vitest';
import { dates, sameDate } from './dates.ts';

test.each([
  ['on 19 March 1932', { year: 1932, month: 3, day: 19 }],
  ['on March 19th, 1932', { year: 1932, month: 3, day: 19 }],
  ['on 1932-03-19', { year: 1932, month: 3, day: 19 }],
  ['on Mar. 3', { year: null, month: 3, day: 3 }],
])('date %s', (text, expected) => {
  expect(dates(text)[0]).toMatchObject(expected);
});

test('a date without a year is the same day in any year', () => {
  const [full, short, other] = dates('19 March 1932, March 19, March 20');
  if (full === undefined || short === undefined || other === undefined)
    throw new Error('three dates');
  expect([sameDate(full, short), sameDate(full, other)]).toEqual([true, false]);
});
