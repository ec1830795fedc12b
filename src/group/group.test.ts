import { describe, expect, test } from 'vitest';
import type { Grouping, GroupingLevel } from '../contract/grouping.ts';
import { group } from './group.ts';
import type { GroupInput, GroupOptions } from './group-input.ts';

const DIMENSIONS = 8;
const options: GroupOptions = {
  algorithm: 'hdbscan',
  minClusterSize: 5,
  clusters: null,
  projection: 'umap',
  seed: 1,
};

/** Unit vectors scattered a little around one axis each. */
function around(axes: readonly number[], spread = 0.05): Float32Array {
  const vectors = new Float32Array(axes.length * DIMENSIONS);
  for (const [row, axis] of axes.entries()) {
    let sum = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) {
      const value = (d === axis ? 1 : 0) + spread * Math.sin(row * 12.9898 + d * 78.233);
      vectors[row * DIMENSIONS + d] = value;
      sum += value * value;
    }
    for (let d = 0; d < DIMENSIONS; d += 1) vectors[row * DIMENSIONS + d]! /= Math.sqrt(sum);
  }
  return vectors;
}

const axesOf = (...sizes: number[]): number[] =>
  sizes.flatMap((size, axis) => Array.from({ length: size }, () => axis));
/** Causes are written `category|sub-kind|specifics` here, '' for rows without one. */
const input = (axes: readonly number[], causes: readonly string[] | null = null) => ({
  vectors: around(axes),
  dimensions: DIMENSIONS,
  causes: causes === null ? null : causes.map(causeOf),
});
const causeOf = (text: string): string[] | null => (text === '' ? null : text.split('|'));

const sizesOf = (clusters: GroupingLevel['clusters']): number[] =>
  clusters.map(({ cluster }) => cluster.members.length);
const medium = ({ levels }: Grouping): GroupingLevel =>
  levels.find(({ granularity }) => granularity === 'medium')!;
/** Assignments, sizes and noise at `medium`. */
async function mediumOf(given: GroupInput, changed: Partial<GroupOptions> = {}) {
  const grouping = await group(given, { ...options, ...changed });
  const { assignments, noise, clusters } = medium(grouping);
  const members = clusters.map(({ cluster }) => cluster.members);
  return { assignments, noise, members, sizes: sizesOf(clusters) };
}

describe.each(['hdbscan', 'kmeans', 'linkage'] as const)('grouping by %s', (algorithm) => {
  test('finds the planted groups, largest first', async () => {
    const axes = axesOf(20, 40, 30);
    const { assignments, sizes } = await mediumOf(input(axes), { algorithm });
    expect(sizes).toEqual([40, 30, 20]);
    expect([...assignments]).toEqual(axes.map((axis) => [2, 0, 1][axis]));
  });

  test('gives the same result for the same seed', async () => {
    const once = await group(input(axesOf(20, 30)), { ...options, algorithm });
    expect(await group(input(axesOf(20, 30)), { ...options, algorithm })).toEqual(once);
  });

  test('gives well-separated groups high stability in resamples', async () => {
    const { clusters } = await group(input(axesOf(20, 30)), { ...options, algorithm });
    for (const { stability } of clusters.slice(0, 2)) expect(stability).toBeGreaterThan(0.9);
  });
});

describe('grouping', () => {
  test('groups known causes by their keys, regardless of distance', async () => {
    const axes = axesOf(10, 10);
    const causes = axes.map((_, row) => (row % 2 === 0 ? 'loop|same call' : 'schema|prose'));
    const { assignments, sizes } = await mediumOf(input(axes, causes));
    expect(sizes).toEqual([10, 10]);
    expect([...assignments]).toEqual(axes.map((_, row) => row % 2));
  });

  test('groups rows without a known cause by distance', async () => {
    const axes = axesOf(12, 12, 8);
    const causes = axes.map((axis) => (axis === 2 ? 'loop|same call' : ''));
    expect((await mediumOf(input(axes, causes))).sizes).toEqual([12, 12, 8]);
  });

  test('explains why a row is noise', async () => {
    const axes = axesOf(12);
    const vectors = around([...axes, 1, 2]);
    vectors.fill(0, 13 * DIMENSIONS, 14 * DIMENSIONS);
    const causes = [...axes.map(() => 'common|kind'), 'rare|kind', 'common|kind'];
    const { noise, assignments } = await mediumOf({
      vectors,
      dimensions: DIMENSIONS,
      causes: causes.map(causeOf),
    });
    expect([...assignments.slice(12)]).toEqual([-1, -1]);
    expect(noise.slice(12)).toEqual(['too few similar failures', 'no text in this view']);
    expect(noise[0]).toBe(null);
  });

  test('keeps identical rows together', async () => {
    const same = { ...input(axesOf(10)), vectors: around(axesOf(10), 0) };
    expect((await mediumOf(same)).sizes).toEqual([10]);
  });

  // hdbscan 0.8.44 finds clusters of 40 and 20 with the same options
  test('separates two sets of identical rows', async () => {
    const { sizes, assignments } = await mediumOf({
      ...input(axesOf(20, 40)),
      vectors: around(axesOf(20, 40), 0),
    });
    expect(sizes).toEqual([40, 20]);
    expect(assignments.includes(-1)).toBe(false);
  });

  test.each([0, 1, 2, 4])('gives a map and no cluster for %i rows', async (count) => {
    const { clusters, positions } = await group(input(axesOf(count)), options);
    expect(clusters).toEqual([]);
    expect(positions.length).toBe(2 * count);
    expect(positions.every(Number.isFinite)).toBe(true);
  });

  test('lists members nearest the center first', async () => {
    const axes = axesOf(10);
    const vectors = around(axes);
    const { clusters } = await group(
      { vectors, dimensions: DIMENSIONS, causes: axes.map(() => ['one', 'kind']) },
      options,
    );
    const center = Array.from({ length: DIMENSIONS }, (_, d) =>
      axes.reduce((sum, _axis, row) => sum + vectors[row * DIMENSIONS + d]! / 10, 0),
    );
    const away = (row: number): number =>
      center.reduce((sum, value, d) => sum + (vectors[row * DIMENSIONS + d]! - value) ** 2, 0);
    const order = axes
      .keys()
      .toArray()
      .sort((a, b) => away(a) - away(b));
    expect(clusters[0]?.members).toEqual(order);
  });

  test('keeps the map within [-1, 1]', async () => {
    const { positions } = await group(input(axesOf(20, 20)), options);
    expect(Math.max(...positions)).toBeLessThanOrEqual(1);
    expect(Math.min(...positions)).toBeGreaterThanOrEqual(-1);
  });
});

describe.each(['umap', 'tsne'] as const)('the map by %s', (projection) => {
  const axes = axesOf(40, 40, 40);

  test('keeps groups apart, and causes as they are', async () => {
    const drawn = await group(input(axes), { ...options, projection });
    expect(sizesOf(medium(drawn).clusters)).toEqual([40, 40, 40]);
    const centers = [0, 1, 2].map((axis) => meanOf(drawn.positions, axis * 40, 40));
    for (const [one, other] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(distance(centers[one]!, centers[other]!)).toBeGreaterThan(0.5);
  });

  test('places passing traces among similar failures without moving these', async () => {
    const passing = around([2, 0, 1], 0.02);
    passing.fill(0, 2 * DIMENSIONS);
    const alone = await group(input(axes), { ...options, projection });
    const both = await group({ ...input(axes), passing }, { ...options, projection });
    expect(both.positions).toEqual(alone.positions);
    const [x2, y2, x0, y0, ...without] = both.passingPositions;
    expect(distance([x2!, y2!], meanOf(both.positions, 80, 40))).toBeLessThan(0.5);
    expect(distance([x0!, y0!], meanOf(both.positions, 0, 40))).toBeLessThan(0.5);
    expect(without).toEqual([Number.NaN, Number.NaN]);
  });
});

const meanOf = (positions: Float32Array, first: number, count: number): [number, number] => {
  let [x, y] = [0, 0];
  for (let row = first; row < first + count; row += 1) {
    x += positions[2 * row]! / count;
    y += positions[2 * row + 1]! / count;
  }
  return [x, y];
};

const distance = (a: readonly [number, number], b: readonly [number, number]): number =>
  Math.hypot(a[0] - b[0], a[1] - b[1]);

describe('levels', () => {
  const causes = [
    ...Array.from({ length: 40 }, () => 'schema|prose'),
    ...Array.from({ length: 12 }, () => 'schema|fence|json'),
    ...Array.from({ length: 12 }, () => 'schema|fence|yaml'),
    ...Array.from({ length: 30 }, () => 'loop|same call'),
  ];
  const axes = causes.map((_, row) => row % DIMENSIONS);

  test('go from the categories to the most specific causes', async () => {
    const { levels } = await group(input(axes, causes), options);
    expect(levels.map(({ granularity, clusters }) => [granularity, sizesOf(clusters)])).toEqual([
      ['coarsest', [64, 30]],
      ['medium', [40, 30, 24]],
      ['fine', [40, 30, 12, 12]],
    ]);
  });

  test('share unchanged clusters, those of medium first', async () => {
    const { clusters, levels } = await group(input(axes, causes), options);
    expect(clusters.map(({ members }) => members.length)).toEqual([40, 30, 24, 12, 12, 64]);
    expect(
      levels.map((level) => level.clusters.map(({ cluster }) => clusters.indexOf(cluster))),
    ).toEqual([
      [5, 1],
      [0, 1, 2],
      [0, 1, 3, 4],
    ]);
  });

  test('contain nested groups of rows compared by distance', async () => {
    // Four tight groups in two pairs: the distance within a pair is a third of the distance between pairs.
    const center = [0, 0, 1, 1];
    const side = [4, 5, 6, 7];
    const vectors = around(
      axesOf(20, 20, 20, 20).map((part) => center[part]!),
      0.02,
    );
    for (const [row, part] of axesOf(20, 20, 20, 20).entries()) {
      vectors[row * DIMENSIONS + side[part]!]! += 0.3;
      const own = vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
      own.set(own.map((value) => value / Math.hypot(...own)));
    }
    const { levels } = await group({ vectors, dimensions: DIMENSIONS, causes: null }, options);
    const sizes = levels.map(({ clusters }) => sizesOf(clusters));
    expect(sizes).toContainEqual([40, 40]);
    expect(sizes).toContainEqual([20, 20, 20, 20]);
  });

  test('are merged if their numbers of clusters are within 5%', async () => {
    // 21 sub-kinds, one of them with two large specifics: 22 clusters instead of 21.
    const kinds = Array.from({ length: 20 }, (_, kind) => `a|kind ${kind}`);
    const keys = [...kinds, 'a|split|x', 'a|split|y'].flatMap((key) =>
      Array.from({ length: 8 }, () => key),
    );
    const many = keys.map((_, row) => row % DIMENSIONS);
    const { levels } = await group(input(many, keys), options);
    expect(levels.map(({ granularity, clusters }) => [granularity, clusters.length])).toEqual([
      ['coarsest', 1],
      ['medium', 21],
    ]);
  });

  test('are a single level if nothing can be split or joined', async () => {
    const { levels } = await group(
      input(
        axesOf(10),
        axesOf(10).map(() => 'one|kind'),
      ),
      options,
    );
    expect(levels.map(({ granularity }) => granularity)).toEqual(['medium']);
  });
});
