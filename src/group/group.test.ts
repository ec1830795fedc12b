import { describe, expect, test } from 'vitest';
import { group } from './group.ts';
import type { GroupOptions } from './group-input.ts';

const DIMENSIONS = 8;
const options: GroupOptions = {
  algorithm: 'hdbscan',
  minClusterSize: 5,
  epsilon: 0,
  clusters: null,
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
const input = (axes: readonly number[], partitions: readonly string[] | null = null) => ({
  vectors: around(axes),
  dimensions: DIMENSIONS,
  partitions,
});

describe.each(['hdbscan', 'kmeans'] as const)('grouping by %s', (algorithm) => {
  test('finds the planted groups, largest first', () => {
    const axes = axesOf(20, 40, 30);
    const { labels, clusters } = group(input(axes), { ...options, algorithm });
    expect(clusters.map(({ members }) => members.length)).toEqual([40, 30, 20]);
    expect([...labels]).toEqual(axes.map((axis) => [2, 0, 1][axis]));
  });

  test('never crosses a partition', () => {
    const { labels, clusters } = group(input(axesOf(20), [...'aaaaaaaaaabbbbbbbbbb']), {
      ...options,
      algorithm,
    });
    expect(clusters.length).toBeGreaterThanOrEqual(2);
    const first = new Set(labels.slice(0, 10));
    expect(labels.slice(10).filter((label) => label >= 0 && first.has(label))).toEqual(
      new Int32Array(0),
    );
  });

  test('gives the same bytes for the same seed', () => {
    const once = group(input(axesOf(20, 30)), { ...options, algorithm });
    expect(group(input(axesOf(20, 30)), { ...options, algorithm })).toEqual(once);
  });
});

describe('grouping', () => {
  test('names why a row is noise', () => {
    const axes = axesOf(12);
    const vectors = around([...axes, 1, 2]);
    vectors.fill(0, 13 * DIMENSIONS, 14 * DIMENSIONS);
    const partitions = [...axes.map(() => 'common'), 'rare', 'common'];
    const { noise, labels } = group(
      { vectors, dimensions: DIMENSIONS, partitions },
      { ...options, epsilon: 0.5 },
    );
    expect([...labels.slice(12)]).toEqual([-1, -1]);
    expect(noise.slice(12)).toEqual(['too few like it', 'no text in this view']);
    expect(noise[0]).toBe(null);
  });

  test('keeps identical rows together', () => {
    const { clusters } = group({ ...input(axesOf(10)), vectors: around(axesOf(10), 0) }, options);
    expect(clusters.map(({ members }) => members.length)).toEqual([10]);
  });

  // labels of hdbscan 0.8.44 with the same options: 40 and 20
  test('tells two sets of identical rows apart', () => {
    const { clusters, labels } = group(
      { ...input(axesOf(20, 40)), vectors: around(axesOf(20, 40), 0) },
      { ...options, epsilon: 0.5 },
    );
    expect(clusters.map(({ members }) => members.length)).toEqual([40, 20]);
    expect(labels.includes(-1)).toBe(false);
  });

  test('merges what lies nearer than epsilon', () => {
    const axes = axesOf(12, 12);
    const apart = group(input(axes), options);
    const merged = group(input(axes), { ...options, epsilon: 1.6 });
    expect(apart.clusters.length).toBe(2);
    expect(merged.clusters.length).toBe(1);
  });

  test.each([0, 1, 2, 4])('of %i rows gives a map and no cluster', (count) => {
    const { clusters, map } = group(input(axesOf(count)), options);
    expect(clusters).toEqual([]);
    expect(map.length).toBe(2 * count);
    expect(map.every(Number.isFinite)).toBe(true);
  });

  test('lists members nearest the centre first', () => {
    const axes = axesOf(10);
    const vectors = around(axes);
    const { clusters } = group(
      { vectors, dimensions: DIMENSIONS, partitions: null },
      { ...options, epsilon: 0.5 },
    );
    const centre = Array.from({ length: DIMENSIONS }, (_, d) =>
      axes.reduce((sum, _axis, row) => sum + vectors[row * DIMENSIONS + d]! / 10, 0),
    );
    const away = (row: number): number =>
      centre.reduce((sum, value, d) => sum + (vectors[row * DIMENSIONS + d]! - value) ** 2, 0);
    const order = axes
      .keys()
      .toArray()
      .sort((a, b) => away(a) - away(b));
    expect(clusters[0]?.members).toEqual(order);
  });

  test('puts the map into the unit square', () => {
    const { map } = group(input(axesOf(20, 20)), options);
    expect(Math.max(...map)).toBeLessThanOrEqual(1);
    expect(Math.min(...map)).toBeGreaterThanOrEqual(-1);
  });
});
