import { expect, test } from 'vitest';
import {
  bytes,
  count,
  decimal,
  dollars,
  duration,
  percent,
  percentRange,
  plural,
  threeDigits,
  twoDigits,
} from './format.ts';

/** No-break spaces are made visible: what they join must never break over lines. */
const visible = (text: string): string => text.replaceAll('\u00a0', '_');

test.each([
  [0, '0%'],
  [0.00004, 'under 0.01%'],
  [0.0004, '0.04%'],
  [0.00413, '0.41%'],
  [0.0099, '0.99%'],
  [0.00997, '1%'],
  [0.01, '1%'],
  [0.0414, '4.1%'],
  [0.05, '5%'],
  [0.0894, '8.9%'],
  [0.0996, '10%'],
  [0.414, '41%'],
  [0.9949, '99%'],
  [0.996, 'over 99%'],
  [1, '100%'],
  [Number.NaN, '–'],
])('a share of %s reads %s', (share, text) => {
  expect(percent(share)).toBe(text);
});

test.each([
  [0.351, 0.474, '35–47%'],
  [0.004, 0.031, '0.4–3.1%'],
  [0, 1, '0–100%'],
  [0.0002, 0.0041, '0.02–0.41%'],
])('an interval from %s to %s reads %s', (low, high, text) => {
  expect(percentRange([low, high])).toBe(text);
});

test.each([
  [null, '–'],
  [-1, '–'],
  [12.4, '12_ms'],
  [999.6, '1.0_s'],
  [1234, '1.2_s'],
  [59_970, '1_min'],
  [125_000, '2_min_5_s'],
  [3_599_700, '1_h'],
  [12_000_000, '3_h_20_min'],
])('a duration of %s ms reads %s', (milliseconds, text) => {
  expect(visible(duration(milliseconds))).toBe(text);
});

test.each([
  [12, '12_B'],
  [1234, '1.2_kB'],
  [999_960, '1.0_MB'],
  [345_678_901, '346_MB'],
])('%s bytes read %s', (value, text) => {
  expect(visible(bytes(value))).toBe(text);
});

test('counts are grouped and agree with their noun', () => {
  expect(count(1234567)).toBe('1,234,567');
  expect(plural(1, 'failure')).toBe('1 failure');
  expect(plural(0, 'failure')).toBe('0 failures');
  expect(plural(2000, 'query', 'queries')).toBe('2,000 queries');
});

test('a cost has four decimals', () => {
  expect(visible(dollars(1.5))).toBe('1.5000_USD');
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
])('%s to three digits reads %s', (value, text) => {
  expect(threeDigits(value)).toBe(text);
});

test.each([
  [419.23, '419'],
  [2442.4, '2,442'],
  [9.96, '10'],
  [8.27, '8.3'],
  [8, '8'],
  [0.8432, '0.84'],
  [0.05, '0.05'],
  [Number.NaN, '–'],
])('a priority of %s reads %s', (value, text) => {
  expect(twoDigits(value)).toBe(text);
});
