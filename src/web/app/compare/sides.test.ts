import { expect, test } from 'vitest';
import { areSame, daysOf, searchOf, sidesOf, sideText, timeOf } from './sides.ts';

const USUAL = {
  release: null,
  promptVersion: ['v1', 'v2'],
  time: ['2026-05-30T00:00:00Z/2026-06-06T00:00:00Z', '2026-06-06T00:00:00Z/2026-06-13T00:00:00Z'],
} as const;

test('an address names sides; what it leaves out is as usual', () => {
  expect(sidesOf('', USUAL)).toEqual({ by: 'promptVersion', from: 'v1', to: 'v2' });
  expect(sidesOf('?by=time&tenant=acme', USUAL)).toEqual({
    ...{ by: 'time', from: USUAL.time[0], to: USUAL.time[1] },
    tenant: 'acme',
  });
  expect(sidesOf('?by=nonsense&from=v0&environment=', USUAL)).toEqual({
    ...{ by: 'promptVersion', from: 'v0', to: 'v2' },
  });
  expect(sidesOf('?by=release', USUAL)).toBeNull();
  expect(sidesOf('?by=release&from=1&to=2', USUAL)).toEqual({ by: 'release', from: '1', to: '2' });
});

test('sides come back from their address, whatever their names hold', () => {
  const sides = { by: 'release', from: 'a&b=c', to: '1.0 #2 %', environment: 'Über' } as const;
  const back = sidesOf(searchOf(sides), USUAL);
  expect(back).toEqual(sides);
  expect(areSame(sides, back!)).toBe(true);
  expect(areSame(sides, { ...sides, tenant: 'x' })).toBe(false);
});

test('sides in words', () => {
  expect(sideText('release', '1.0')).toBe('1.0');
  expect(sideText('time', USUAL.time[0])).toBe('May 30 – June 5, 2026');
  expect(sideText('time', '2026-06-05T00:00:00Z/2026-06-06T00:00:00Z')).toBe('June 5, 2026');
  expect(sideText('time', 'nonsense')).toBe('nonsense');
});

test('a time is told by its days', () => {
  expect(daysOf(USUAL.time[0])).toEqual(['2026-05-30', '2026-06-05']);
  expect(timeOf('2026-05-30', '2026-06-05')).toBe(USUAL.time[0]);
  expect(timeOf('2026-06-05', '2026-06-05')).toBe('2026-06-05T00:00:00Z/2026-06-06T00:00:00Z');
  expect(timeOf('2026-06-05', '2026-06-04')).toBeNull();
  expect(timeOf('', '2026-06-04')).toBeNull();
  expect(daysOf('nonsense')).toEqual(['nonsense'.slice(0, 10), '']);
});
