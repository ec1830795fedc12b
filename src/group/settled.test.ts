import { expect, test } from 'vitest';
import type { StandingCause } from '../contract/frozen-model.ts';
import { factRow } from '../text/fact-row.ts';
import { perGranularity } from './granularities.ts';
import type { FoundCluster, GroupFacts, GroupInput } from './group-input.ts';
import { withSettled } from './settled.ts';

const conditionOf = (key: string) =>
  ({
    atoms: [
      {
        fact: {
          ...{ key, kind: 'act', role: 'act', weight: 1, grouped: true },
          statement: { template: key, slots: [] },
        },
        ...{ least: null, most: null },
      },
    ],
  }) as unknown as NonNullable<StandingCause['condition']>;
const standing = (
  id: string,
  key: string | null,
  isSettled: boolean,
  members: readonly string[] = [],
): StandingCause => ({
  ...{ id, isSettled, members, fingerprint: null },
  condition: key === null ? null : conditionOf(key),
});

/** Rows 0 to 9; each has the facts that are named. */
const rows = ['a', 'a', 'a', 'ab', 'ab', 'b', 'b', '', '', ''].map((keys, at) => ({
  ...factRow(new Map([...keys].map((key) => [key, null]))),
  id: `t${at}`,
}));
const input = (causes: readonly StandingCause[]): GroupInput => ({
  ...{ vectors: new Float32Array(20).fill(1), dimensions: 2, causes: null, standing: causes },
  facts: {
    rows,
    population: { rows: [], columns: new Map(), isComplete: true },
  } as unknown as GroupFacts,
});
const cluster = (own: readonly number[], key: string): FoundCluster => ({
  ...{ rows: own, membership: own.map(() => 0.5), persistence: 1, stability: 1, leftover: null },
  cause: {
    condition: conditionOf(key),
    state: 'tested',
    returns: 1,
  } as unknown as FoundCluster['cause'],
});
const held = (causes: readonly StandingCause[], free: readonly FoundCluster[], least = 2) =>
  withSettled(
    input(causes),
    perGranularity(() => free),
    least,
  ).medium;
const rowsOf = (found: readonly FoundCluster[]) =>
  found.map(({ rows: own }) => own.join('')).sort();

test('a settled cause stays one cluster, though the clustering divides it', () => {
  const free = [cluster([0, 1, 2], 'x'), cluster([3, 4, 5, 6], 'b')];
  const found = held([standing('c-1', 'a', true)], free);
  expect(rowsOf(found)).toEqual(['01234', '56']);
  const own = found.find(({ rows: each }) => each.length === 5);
  expect(own?.cause).toMatchObject({
    condition: conditionOf('a'),
    state: 'untested',
    returns: null,
  });
  expect(own).toMatchObject({ stability: null, leftover: null });
});

test('two settled causes stay two, though the clustering joins them; the first in rank has what meets both', () => {
  const one = standing('c-1', 'b', true);
  const other = standing('c-2', 'a', true);
  expect(rowsOf(held([one, other], [cluster([0, 1, 2, 3, 4, 5, 6], 'z')]))).toEqual([
    '012',
    '3456',
  ]);
  expect(rowsOf(held([other, one], [cluster([0, 1, 2, 3, 4, 5, 6], 'z')]))).toEqual([
    '01234',
    '56',
  ]);
});

test('what is not settled goes first in rank all the same, and is left to the clustering', () => {
  const free = [cluster([0, 1], 'x'), cluster([2, 3, 4, 5, 6], 'b')];
  expect(rowsOf(held([standing('c-0', 'b', false), standing('c-1', 'a', true)], free))).toEqual([
    ...['012', '3456'],
  ]);
});

test('what the clustering finds all the same keeps its measures, without a condition members tell', () => {
  const same = cluster([0, 1, 2, 3, 4], 'a');
  expect(held([standing('c-1', 'a', true)], [same])).toEqual([same]);
  const members = standing('c-2', null, true, ['t7', 't8', 't9']);
  expect(rowsOf(held([members], [cluster([6, 7], 'y')], 2))).toEqual(['789']);
});

test('nothing changes where nothing is settled, or too little is left of it', () => {
  const free = [cluster([0, 1, 2], 'x')];
  expect(held([standing('c-1', 'a', false)], free)).toEqual(free);
  expect(held([standing('c-1', 'b', true)], free, 5)).toEqual(free);
});
