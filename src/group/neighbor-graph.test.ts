import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactNeighbors, hdbscan } from '../numeric/numeric.ts';
import { distinctRows } from './distinct-rows.ts';
import { neighborGraph, withRepetitions } from './neighbor-graph.ts';

const SAMPLES = 3;
const K = 6;

/** Rows drawn from few places, so that most are duplicates. */
const repeated = fc
  .array(fc.integer({ min: 0, max: 11 }), { minLength: 12, maxLength: 60 })
  .filter((places) => new Set(places).size > 3)
  .map((places) => ({
    places,
    vectors: Float32Array.from(places.flatMap((place) => [place * 1.5, (place * place) % 7])),
  }));

const graphOf = (vectors: Float32Array) => {
  const input = { vectors, dimensions: 2, causes: null };
  const rows = [...Array(vectors.length / 2).keys()];
  const distinct = distinctRows(input, rows);
  const points = Float32Array.from(
    distinct.rows.flatMap((row) => [vectors[2 * row]!, vectors[2 * row + 1]!]),
  );
  return { distinct, neighbors: exactNeighbors(points, { dimensions: 2, k: K }) };
};

describe('the graph of all rows', () => {
  test('starts with the distances of the nearest rows, duplicates included', () => {
    fc.assert(
      fc.property(repeated, ({ vectors }) => {
        const graph = withRepetitions(graphOf(vectors), SAMPLES);
        const brute = exactNeighbors(vectors, { dimensions: 2, k: SAMPLES });
        for (let row = 0; row < vectors.length / 2; row += 1)
          for (let at = 0; at < SAMPLES; at += 1)
            expect(graph.distances[row * graph.k + at]).toBeCloseTo(
              brute.distances[row * brute.k + at]!,
              5,
            );
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  test('lists other rows only, once each, at their true distance, nearest first', () => {
    fc.assert(
      fc.property(repeated, ({ vectors }) => {
        const graph = withRepetitions(graphOf(vectors), SAMPLES);
        for (let row = 0; row < vectors.length / 2; row += 1) {
          const others = [...graph.indices.subarray(row * graph.k, (row + 1) * graph.k)];
          expect(new Set([row, ...others]).size).toBe(graph.k + 1);
          const away = others.map((other) =>
            Math.hypot(
              vectors[2 * row]! - vectors[2 * other]!,
              vectors[2 * row + 1]! - vectors[2 * other + 1]!,
            ),
          );
          expect(away).toEqual(away.toSorted((a, b) => a - b));
          expect(away[0]).toBeCloseTo(graph.distances[row * graph.k]!, 5);
        }
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  test('gives HDBSCAN the core distances that it computes itself', () => {
    fc.assert(
      fc.property(repeated, ({ vectors }) => {
        const options = { dimensions: 2, minClusterSize: 4, minSamples: SAMPLES };
        const neighbors = withRepetitions(graphOf(vectors), SAMPLES);
        expect(hdbscan(vectors, { ...options, neighbors }).hierarchy.coreDistances).toEqual(
          hdbscan(vectors, options).hierarchy.coreDistances,
        );
      }),
      { seed: 8, numRuns: 60 },
    );
  });
});

describe('the search', () => {
  const of = (n: number, different: number) => ({
    input: {
      vectors: Float32Array.from({ length: 2 * n }, (_, at) => Math.floor(at / 2) % different),
      dimensions: 2,
      causes: null,
    },
    rows: [...Array(n).keys()],
  });
  const search = ({ input, rows }: ReturnType<typeof of>) =>
    neighborGraph(input, rows, 1, undefined, {});

  test('is skipped for up to 10,000 rows', async () => {
    expect(await search(of(10_000, 12))).toBeNull();
  });

  test.each([1, 2, 12])('covers only the different rows above that, here %i', async (different) => {
    const graph = await search(of(10_001, different));
    expect(graph?.distinct.rows.length).toBe(different);
    expect(graph?.neighbors.k).toBe(different - 1);
    if (graph !== null)
      expect(withRepetitions(graph, 5).indices.length).toBe(10_001 * Math.max(5, different - 1));
  });
});
