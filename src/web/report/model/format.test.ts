import { expect, test } from 'vitest';
import {
  bytes,
  count,
  decimal,
  duration,
  percent,
  percentInterval,
  plural,
  score,
} from './format.ts';

const plain = (text: string | null): string | null => text?.replaceAll('\u202f', ' ') ?? null;

test.each([
  [0, '0 %'],
  [0.0004, '<0.1 %'],
  [0.0414, '4.1 %'],
  [0.05, '5 %'],
  [0.0996, '10 %'],
  [0.414, '41 %'],
  [1, '100 %'],
  [Number.NaN, '–'],
])('share %s reads %s', (share, text) => {
  expect(plain(percent(share))).toBe(text);
});

test('an interval names its unit once', () => {
  expect(plain(percentInterval([0.351, 0.474]))).toBe('35–47 %');
});

test.each([
  [null, null],
  [-1, null],
  [12.4, '12 ms'],
  [1234, '1.2 s'],
  [125_000, '2 min 5 s'],
])('a duration of %s ms reads %s', (milliseconds, text) => {
  expect(plain(duration(milliseconds))).toBe(text);
});

test.each([
  [12, '12 B'],
  [1234, '1.2 kB'],
  [345_678_901, '346 MB'],
])('%s bytes read %s', (value, text) => {
  expect(plain(bytes(value))).toBe(text);
});

test('counts are grouped and agree with their noun', () => {
  expect(count(1234567)).toBe('1,234,567');
  expect(plural(1, 'failure')).toBe('1 failure');
  expect(plural(0, 'failure')).toBe('0 failures');
  expect(plural(2, 'query', 'queries')).toBe('2 queries');
});

test('a number that was not measured is a dash, not a zero', () => {
  expect(decimal(null)).toBe('–');
  expect(decimal(0.456)).toBe('0.46');
});

test.each([
  [1234.6, '1,235'],
  [104.3, '104'],
  [56.07, '56.1'],
  [2.25, '2.25'],
  [0.41373, '0.414'],
  [Number.NaN, '–'],
])('a score of %s reads %s', (value, text) => {
  expect(score(value)).toBe(text);
});
