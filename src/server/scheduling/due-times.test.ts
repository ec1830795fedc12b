import { expect, test } from 'vitest';
import { checkRule, dueTimes, nextDue } from './due-times.ts';

const at = (text: string): number => Date.parse(text);
const monday = { cron: '0 9 * * 1', timeZone: 'Europe/Berlin' };
const iso = (times: readonly number[]): string[] =>
  times.map((time) => new Date(time).toISOString());

test('a schedule is due at its local hour, also across a change of the clock', () => {
  expect(iso(dueTimes(monday, at('2026-10-18T00:00Z'), at('2026-10-31T00:00Z')))).toEqual([
    '2026-10-19T07:00:00.000Z',
    '2026-10-26T08:00:00.000Z',
  ]);
  expect(iso([nextDue(monday, at('2026-10-19T07:00Z')) ?? 0])).toEqual([
    '2026-10-26T08:00:00.000Z',
  ]);
});

test('the moment itself counts, and what was due before does not come again', () => {
  const due = at('2026-10-19T07:00Z');
  expect(dueTimes(monday, due - 1, due)).toEqual([due]);
  expect(dueTimes(monday, due, due)).toEqual([]);
  expect(dueTimes(monday, due, due + 1)).toEqual([]);
  expect(dueTimes(monday, due - 1, due - 1)).toEqual([]);
});

test('the last five that were missed are caught up with', () => {
  const daily = { cron: '30 2 * * *', timeZone: 'UTC' };
  expect(iso(dueTimes(daily, at('2026-01-01T00:00Z'), at('2026-02-01T00:00Z')))).toEqual(
    [27, 28, 29, 30, 31].map((day) => `2026-01-${day}T02:30:00.000Z`),
  );
});

test.each([
  [{ cron: '* * * * *', timeZone: 'UTC' }, 'more than once an hour'],
  [{ cron: '0 9 * * 8', timeZone: 'UTC' }, 'cron:'],
  [{ cron: 'every monday', timeZone: 'UTC' }, 'cron:'],
  [{ cron: '0 9 30 2 *', timeZone: 'UTC' }, 'never due'],
  [{ cron: '0 9 * * 1', timeZone: 'Mars/Olympus' }, 'cron:'],
])('%o is refused', (rule, why) => {
  expect(() => checkRule(rule, at('2026-01-01T00:00Z'))).toThrow(why);
});
