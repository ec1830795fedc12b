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
