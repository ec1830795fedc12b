import { describe, expect, test } from 'vitest';
import { group } from './group.ts';
import type { GroupOptions } from './group-input.ts';

const DIMENSIONS = 8;
const options: GroupOptions = {
  algorithm: 'hdbscan',
  minClusterSize: 5,
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
const input = (axes: readonly number[], causes: readonly string[] | null = null) => ({
  vectors: around(axes),
  dimensions: DIMENSIONS,
  causes,
});

describe.each(['hdbscan', 'kmeans'] as const)('grouping by %s', (algorithm) => {
  test('finds the planted groups, largest first', () => {
    const axes = axesOf(20, 40, 30);
    const { labels, clusters } = group(input(axes), { ...options, algorithm });
    expect(clusters.map(({ members }) => members.length)).toEqual([40, 30, 20]);
    expect([...labels]).toEqual(axes.map((axis) => [2, 0, 1][axis]));
  });

  test('gives the same bytes for the same seed', () => {
    const once = group(input(axesOf(20, 30)), { ...options, algorithm });
    expect(group(input(axesOf(20, 30)), { ...options, algorithm })).toEqual(once);
  });
});

describe('grouping', () => {
  test('groups known causes by their keys, whatever the distance', () => {
    const axes = axesOf(10, 10);
    const causes = axes.map((_, row) => (row % 2 === 0 ? 'loop|same call' : 'schema|prose'));
    const { labels, clusters } = group(input(axes, causes), options);
    expect(clusters.map(({ members }) => members.length)).toEqual([10, 10]);
    expect([...labels]).toEqual(axes.map((_, row) => row % 2));
  });

  test('compares by distance what has no known cause', () => {
    const axes = axesOf(12, 12, 8);
    const causes = axes.map((axis) => (axis === 2 ? 'loop|same call' : ''));
    const { clusters } = group(input(axes, causes), options);
    expect(clusters.map(({ members }) => members.length)).toEqual([12, 12, 8]);
  });

  test('names why a row is noise', () => {
    const axes = axesOf(12);
    const vectors = around([...axes, 1, 2]);
    vectors.fill(0, 13 * DIMENSIONS, 14 * DIMENSIONS);
    const causes = [...axes.map(() => 'common|kind'), 'rare|kind', 'common|kind'];
    const { noise, labels } = group({ vectors, dimensions: DIMENSIONS, causes }, options);
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
      options,
    );
    expect(clusters.map(({ members }) => members.length)).toEqual([40, 20]);
    expect(labels.includes(-1)).toBe(false);
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
      { vectors, dimensions: DIMENSIONS, causes: axes.map(() => 'one|kind') },
      options,
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
