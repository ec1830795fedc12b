import { describe, expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { counterpart, createLevels, overlaps } from './levels.ts';
import type { Address } from './route.ts';

const data = makeReport({ failures: 300, seed: 2 });
const levels = createLevels(data);
const [coarse, medium, fine] = [0, 1, 2].map((level) => levels.at(level));
if (coarse === undefined || medium === undefined || fine === undefined)
  throw new RangeError('the fixture has three levels');
const of = (id: string, granularity: Address['granularity'] = null): number =>
  levels.of({ route: { kind: 'cluster', id }, granularity });

test('each level knows its number of causes and is built once', () => {
  expect(levels.all).toEqual([
    { granularity: 'coarsest', causes: 4 },
    { granularity: 'medium', causes: 5 },
    { granularity: 'fine', causes: 6 },
  ]);
  expect(levels.at(2)).toBe(fine);
  expect(fine.positions).toBe(medium.positions);
});

describe('the level of an address', () => {
  test('is the level that it names', () => {
    expect(of('c-1', 'coarsest')).toBe(0);
    expect(of('c-1', 'finest')).toBe(1);
    expect(levels.of({ route: { kind: 'noise' }, granularity: 'fine' })).toBe(2);
  });

  test('is otherwise the initial level, or the nearest one that has the cluster', () => {
    expect(levels.of({ route: { kind: 'home' }, granularity: null })).toBe(1);
    expect([of('c-1'), of('c-wide'), of('c-north'), of('gone')]).toEqual([1, 0, 2, 1]);
  });

  test('is named in links, except for the initial level', () => {
    expect([medium.granularity, fine.granularity]).toEqual([null, 'fine']);
  });
});

describe('a change of level', () => {
  const first = medium.clusters[0]?.id ?? '';
  test('keeps a page that exists at both levels', () => {
    expect(counterpart(medium, fine, { kind: 'noise' })).toEqual({ kind: 'noise' });
    const fifth = { kind: 'cluster', id: medium.clusters[4]?.id ?? '' } as const;
    expect(counterpart(medium, fine, fifth)).toEqual(fifth);
  });

  test('goes from a cause to the cause with most of its failures', () => {
    const north = { kind: 'cluster', id: 'c-north' } as const;
    expect(counterpart(medium, fine, { kind: 'cluster', id: first })).toEqual(north);
    expect(counterpart(fine, medium, north)).toEqual({ kind: 'cluster', id: first });
    expect(counterpart(medium, fine, { kind: 'cluster', id: 'gone' })).toEqual({
      kind: 'home',
    });
  });

  test('the parts of a cause contain all of its failures, largest first', () => {
    const parts = overlaps(medium, fine, 0);
    expect(parts.map(({ position }) => fine.clusters[position]?.id)).toEqual([
      'c-north',
      'c-south',
    ]);
    expect(parts.reduce((sum, { failures }) => sum + failures, 0)).toBe(medium.members[0]?.length);
  });
});
