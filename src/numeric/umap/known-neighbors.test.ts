import { describe, expect, it } from 'vitest';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nearestNeighbors, umapTransform } from '../numeric.ts';
import { NumericError } from '../numeric-error.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { finish } from '../steps.ts';
import { knownNeighbors } from './known-neighbors.ts';

const DIM = 6;

/** Normal points about 300 centers 20 apart and more, in turn: graphs of them fall into that many parts. */
const groups = (count: number, seed: number): Float32Array => {
  const state = seedRandom(seed);
  return Float32Array.from(
    { length: count * DIM },
    (_, at) => nextNormal(state) + 20 * ((Math.floor(at / DIM) % 300) >> ((at % DIM) % 3)),
  );
};

function bruteForce(rows: Float32Array, n: number, m: number, k: number): number[][] {
  return Array.from({ length: m }, (_, point) => {
    const distances = Array.from({ length: n }, (_, known) =>
      squaredEuclidean(rows, n + point, rows, known, DIM),
    );
    return [...distances.keys()].sort((a, b) => distances[a]! - distances[b]! || a - b).slice(0, k);
  });
}

const neighborsOf = (indices: Int32Array, k: number): number[][] =>
  Array.from({ length: indices.length / k }, (_, row) => [
    ...indices.slice(row * k, (row + 1) * k),
  ]);

describe('the nearest known points', () => {
  it.each([
    { n: 1, m: 3, k: 1 },
    { n: 65, m: 65, k: 65 },
    { n: 700, m: 70, k: 9 },
  ])('match brute force, $m among $n', ({ n, m, k }) => {
    const rows = groups(n + m, 1);
    const { indices } = finish(knownNeighbors(rows, n, m, DIM, k, undefined));
    expect(neighborsOf(indices, k)).toEqual(bruteForce(rows, n, m, k));
  });

  it('include at least 98% of them when searched along a graph, in order, each once', () => {
    const [n, m, k] = [6000, 150, 10];
    const rows = groups(n + m, 2);
    const graph = nearestNeighbors(rows.subarray(0, n * DIM), { dimensions: DIM, k: 12, seed: 1 });
    const found = finish(knownNeighbors(rows, n, m, DIM, k, graph));
    const all = bruteForce(rows, n, m, k);
    let hits = 0;
    neighborsOf(found.indices, k).forEach((row, point) => {
      expect(new Set(row).size).toBe(k);
      const distances = row.map((known) => squaredEuclidean(rows, n + point, rows, known, DIM));
      expect(distances).toEqual([...distances].sort((a, b) => a - b));
      hits += row.filter((known) => all[point]!.includes(known)).length;
    });
    expect(hits / (m * k)).toBeGreaterThan(0.98);
    // A misleading graph, to prove that the results come from the graph.
    const misleading = {
      ...graph,
      indices: graph.indices.map((_, at) => (Math.floor(at / 12) + 1 + (at % 12)) % n),
    };
    const lost = finish(knownNeighbors(rows, n, m, DIM, k, misleading));
    expect(lost.indices).not.toEqual(found.indices);
  });

  it('give nearly the same places on the map with and without a graph', () => {
    const n = 5400;
    const points = groups(n, 3);
    const graph = nearestNeighbors(points, { dimensions: DIM, k: 12, seed: 1 });
    const map = Float32Array.from(
      { length: n * 2 },
      (_, at) => points[(at >> 1) * DIM + (at % 2)]!,
    );
    const options = { dimensions: DIM, points, map, seed: 1, epochs: 0, neighbors: 8 };
    const fresh = groups(300, 4);
    const compared = umapTransform(fresh, options);
    const searched = umapTransform(fresh, { ...options, graph });
    const equal = compared.filter((place, at) => place === searched[at]).length;
    expect(equal / compared.length).toBeGreaterThan(0.9);
  });

  it('rejects a graph of other points', () => {
    const points = groups(40, 5);
    const graph = nearestNeighbors(points.subarray(0, 20 * DIM), {
      dimensions: DIM,
      k: 3,
      seed: 1,
    });
    const map = new Float32Array(80);
    const call = () => umapTransform(points, { dimensions: DIM, points, map, graph, seed: 1 });
    expect(call).toThrow(NumericError);
  });
});
