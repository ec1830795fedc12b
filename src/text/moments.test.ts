import { expect, test } from 'vitest';
import { day, exactMoment, moment, span } from './moments.ts';

const at = (text: string): number => Date.parse(`${text}Z`);

test('a time is said in UTC', () => {
  const time = at('2026-06-06T04:02:09');
  expect(day(time)).toBe('June 6');
  expect(moment(time)).toBe('June 6, 04:02');
  expect(exactMoment(time)).toBe('June 6, 2026, 04:02:09 UTC');
});

test.each([
  ['2026-06-01T00:00', '2026-06-12T09:00', 'June 1–12, 2026'],
  ['2026-05-28T00:00', '2026-06-03T09:00', 'May 28 – June 3, 2026'],
  ['2025-12-28T00:00', '2026-01-03T09:00', 'December 28, 2025 – January 3, 2026'],
  ['2026-06-06T00:00', '2026-06-06T23:59', 'June 6, 2026'],
  ['2026-06-06T14:40', '2026-06-06T15:10', 'June 6, 2026, 14:40–15:10'],
])('from %s to %s', (from, to, said) => {
  expect(span(at(from), at(to))).toBe(said);
});
