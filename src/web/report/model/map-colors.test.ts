import { expect, test } from 'vitest';
import { CLUSTER_COLORS, NOISE_COLOR } from '../../parts/palette.ts';
import { makeReport } from '../testing/make-report.ts';
import { colorings, mapColors } from './map-colors.ts';
import { buildModel } from './report-model.ts';

const model = buildModel(makeReport({ failures: 200 }));

test('offers what tells points apart', () => {
  expect(colorings(model)).toEqual(['cause', 'promptVersion', 'tenant', 'signal', 'time']);
});

test('by cause, every failure has the color of its cause and passing traces have none', () => {
  const { entries, colorOf } = mapColors(model, 'cause', 'light');
  const colorAt = (i: number): string | undefined => entries[colorOf[i] ?? -1]?.color;
  model.clusterOf.forEach((cluster, i) => {
    expect(colorAt(i)).toBe(cluster < 0 ? NOISE_COLOR.light : CLUSTER_COLORS.light[cluster]);
  });
  expect(colorAt(model.failures.length)).toBe(NOISE_COLOR.light);
});

test('by tenant, counts add up and passing traces have the color of their tenant', () => {
  const { entries, colorOf } = mapColors(model, 'tenant', 'dark');
  expect(entries.reduce((sum, { failures }) => sum + failures, 0)).toBe(200);
  const first = model.passing[0]?.tenant;
  expect(entries[colorOf[200] ?? -1]?.value).toBe(first);
});

test('by time, later is another color than earlier', () => {
  const { entries } = mapColors(model, 'time', 'light');
  const colors = entries.slice(0, -1).map(({ color }) => color);
  expect(new Set(colors).size).toBe(colors.length);
  expect(entries[0]?.label).toBe('from June 1');
});

test('by score, what is higher is stronger, and failures without it have the color of none', () => {
  const values = model.failures.map((_, i) => (i % 5 === 0 ? null : i / 200));
  const scores = { rating: values, passed: values.map((value) => value && 1) };
  expect(colorings(model, scores)).toContain('score: rating');
  const { entries, colorOf } = mapColors(model, 'score: rating', 'light', scores);
  expect(entries.map(({ failures }) => failures).reduce((a, b) => a + b)).toBe(200);
  expect(entries.map(({ label }) => label)).toEqual([
    ...['from 0.005', 'from 0.17', 'from 0.34', 'from 0.5', 'from 0.67', 'from 0.83'],
    ...['not recorded', 'others'],
  ]);
  expect(entries[colorOf[0] ?? -1]?.color).toBe(NOISE_COLOR.light);
  expect(entries[colorOf[199] ?? -1]?.label).toBe('from 0.83');
  const few = mapColors(model, 'score: passed', 'light', scores);
  expect(few.entries[0]).toMatchObject({ label: '1', failures: 160 });
});
