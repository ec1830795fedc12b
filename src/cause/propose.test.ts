import { describe, expect, test } from 'vitest';
import { nextFloat, seedRandom } from '../numeric/random/random.ts';
import { type ComparedFailure, keyOf, propose } from './cause.ts';

type Cell = readonly [cluster: string | null, cause: string | null, count: number];

const failuresOf = (cells: readonly Cell[]): ComparedFailure[] =>
  cells.flatMap(([cluster, cause, count]) =>
    Array.from({ length: count }, () => ({ cluster, cause, weight: 2 })),
  );

const proposed = (
  cells: readonly Cell[],
  settled: readonly string[],
  given: { readonly steady?: readonly string[]; readonly apart?: boolean } = {},
) =>
  propose({
    failures: failuresOf(cells),
    steady: new Set(given.steady ?? cells.flatMap(([cluster]) => cluster ?? [])),
    settled: new Set(settled),
    decided: new Set(settled),
    areApart: () => given.apart === true,
  });

describe('a re-clustering proposes', () => {
  test('to split a settled cause that falls into clusters, with what moves', () => {
    const cells: Cell[] = [
      ['x', 'a', 40],
      ['y', 'a', 20],
      [null, 'a', 3],
      ['y', null, 1],
      ['b', 'b', 30],
    ];
    const [only, ...more] = proposed(cells, ['a', 'b']);
    expect(more).toEqual([]);
    expect(only).toEqual({
      ...{ kind: 'split', causes: ['a'], clusters: ['x', 'y'], moved: 40 },
      parts: [
        { id: 'x', own: 40, shared: 40, failures: 80 },
        { id: 'y', own: 21, shared: 20, failures: 40 },
      ],
    });
    expect(keyOf(only!)).toBe('split:a');
    expect(proposed(cells, ['b']), 'what nobody has accepted changes by itself').toMatchObject([
      { kind: 'new' },
      { kind: 'new' },
    ]);
  });

  test('to merge causes that one cluster holds, unless people keep them apart', () => {
    const cells: Cell[] = [
      ['x', 'a', 30],
      ['x', 'b', 20],
      ['y', 'b', 2],
      ['z', 'c', 40],
    ];
    expect(proposed(cells, ['a', 'c'])).toMatchObject([
      { kind: 'merge', causes: ['a', 'b'], clusters: ['x'], moved: 40 },
    ]);
    expect(proposed(cells, ['a', 'b', 'c'], { apart: true })).toEqual([]);
  });

  test('a new cause, of failures that belong to no settled one', () => {
    const cells: Cell[] = [
      ['a', 'a', 50],
      ['x', null, 12],
      ['x', 'a', 1],
    ];
    expect(proposed(cells, ['a'])).toEqual([
      {
        ...{ kind: 'new', causes: [], clusters: ['x'], moved: 26 },
        parts: [{ id: 'x', own: 13, shared: 12, failures: 24 }],
      },
    ]);
    const listed: Cell[] = [...cells.slice(0, 1), ['x', 'u', 12]];
    expect(proposed(listed, ['a'])).toMatchObject([{ kind: 'new', causes: ['u'] }]);
  });

  test('nothing of what is small, unsteady or mixed, and nothing where nothing is settled', () => {
    expect(
      proposed(
        [
          ['x', 'a', 40],
          ['y', 'a', 9],
          ['z', null, 9],
        ],
        ['a'],
      ),
    ).toEqual([]);
    expect(
      proposed(
        [
          ['x', 'a', 40],
          ['y', 'a', 40],
          ['z', null, 40],
        ],
        ['a'],
        { steady: ['x'] },
      ),
    ).toEqual([]);
    expect(
      proposed(
        [
          ['x', 'a', 40],
          ['y', 'a', 20],
          ['y', 'b', 20],
          ['b', 'b', 40],
        ],
        ['a', 'b'],
      ),
    ).toEqual([]);
    expect(proposed([['x', null, 40]], [])).toEqual([]);
  });
});

/** A clustering that finds the causes again: with each failure in its own, but for some at random. */
function simulated(seed: number, noise: number, more: readonly Cell[]): readonly ComparedFailure[] {
  const state = seedRandom(seed, 0);
  const causes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const drawn = (most: number): number => Math.floor(nextFloat(state) * most);
  return [
    ...Array.from({ length: 400 }, () => {
      // Sizes fall as they do in real files.
      const cause =
        causes[Math.min(causes.length - 1, Math.floor(-2 * Math.log(nextFloat(state))))]!;
      const isOther = nextFloat(state) < noise;
      const cluster = isOther ? (causes[drawn(causes.length + 2)] ?? null) : cause;
      return { cluster, cause: nextFloat(state) < noise / 2 ? null : cause, weight: 1 };
    }),
    ...failuresOf(more),
  ];
}

test('in simulated re-clusterings, nothing is proposed where nothing has changed, and what has is found', () => {
  const settled = new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  const steady = new Set([...settled, 'x', 'y']);
  const rules = { settled, steady, decided: settled, areApart: () => false };
  let [wrong, found] = [0, 0];
  const TRIALS = 500;
  for (let seed = 0; seed < TRIALS; seed++) {
    const noise = 0.05 + 0.2 * (seed / TRIALS);
    wrong += Number(propose({ ...rules, failures: simulated(seed, noise, []) }).length > 0);
    // Half of the first cause is a cluster of its own.
    const split = simulated(seed, noise, [
      ['x', 'a', 30],
      ['y', null, 25],
    ]);
    const kinds = propose({ ...rules, failures: split }).map(({ kind }) => kind);
    found += Number(kinds.includes('split') && kinds.includes('new') && kinds.length === 2);
  }
  expect(wrong).toBeLessThanOrEqual(0.01 * TRIALS);
  expect(found).toBeGreaterThanOrEqual(0.95 * TRIALS);
});
