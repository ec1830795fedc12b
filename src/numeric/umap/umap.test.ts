import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNeighbors, umap, umapSteps } from '../numeric.ts';
import { NumericError } from '../numeric-error.ts';
import { nextFloat, nextNormal, seedRandom } from '../random/random.ts';
import { testKernel } from '../testing/test-kernel.ts';
import { fuzzySet } from './fuzzy-set.ts';
import { layoutRange } from './layout.ts';
import { layoutPlan } from './umap-steps.ts';

testKernel({
  name: 'umap',
  run: (points, dimensions) => umap(points, { dimensions, seed: 3, epochs: 12, neighbors: 6 }),
  plain: (map) => [...map],
  invariant: (map, points, dimensions) => {
    expect(map).toHaveLength((2 * points.length) / dimensions);
    expect(map.every(Number.isFinite)).toBe(true);
  },
});

testKernel({
  name: 'umap to five components by cosine',
  run: (points, dimensions) =>
    umap(points, { dimensions, seed: 3, epochs: 12, components: 5, metric: 'cosine' }),
  plain: (map) => [...map],
  invariant: (map, points, dimensions) => {
    expect(map).toHaveLength((5 * points.length) / dimensions);
    expect(map.every(Number.isFinite)).toBe(true);
  },
});

const clouds = (seed: number, perCloud: number, dimensions: number): Float32Array => {
  const state = seedRandom(seed);
  return Float32Array.from(
    { length: 3 * perCloud * dimensions },
    (_, at) => nextNormal(state) + 12 * Math.floor(at / (perCloud * dimensions)),
  );
};

describe('umap', () => {
  it('keeps separate clouds apart: every point is closest to its own center', () => {
    const map = umap(clouds(1, 40, 8), { dimensions: 8, seed: 1 });
    const center = (cloud: number) =>
      [0, 1].map(
        (axis) =>
          Array.from({ length: 40 }, (_, i) => map[2 * (cloud * 40 + i) + axis]!).reduce(
            (sum, value) => sum + value,
            0,
          ) / 40,
      );
    const centers = [0, 1, 2].map(center);
    for (let point = 0; point < 120; point++) {
      const distances = centers.map(([x, y]) =>
        Math.hypot(map[2 * point]! - x!, map[2 * point + 1]! - y!),
      );
      expect(distances.indexOf(Math.min(...distances))).toBe(Math.floor(point / 40));
    }
  });

  it('gives the same bytes with a given neighbor graph', () => {
    const points = clouds(2, 20, 4);
    const graph = exactNeighbors(points, { dimensions: 4, k: 14 });
    const options = { dimensions: 4, seed: 5, epochs: 30 };
    expect(umap(points, { ...options, graph })).toEqual(umap(points, options));
    const wider = exactNeighbors(points, { dimensions: 4, k: 20 });
    expect(umap(points, { ...options, neighbors: 15, graph: wider })).toEqual(
      umap(points, options),
    );
  });

  it('changes with the seed', () => {
    const points = clouds(2, 20, 4);
    const map = (seed: number) => umap(points, { dimensions: 4, seed, epochs: 30 });
    expect(map(1)).not.toEqual(map(2));
  });

  it.each([
    { title: 'neighbors 1', options: { neighbors: 1 } },
    { title: 'components 0', options: { components: 0 } },
    { title: 'a negative seed', options: { seed: -1 } },
    { title: 'a negative distance', options: { minDistance: -0.1 } },
    { title: 'an unknown metric', options: { metric: 'manhattan' as 'cosine' } },
    {
      title: 'a graph of other points',
      options: { graph: { k: 1, indices: Int32Array.of(1, 0), distances: new Float32Array(2) } },
    },
    {
      title: 'a graph with an index out of range',
      options: {
        graph: {
          k: 1,
          indices: new Int32Array(15).fill(99),
          distances: new Float32Array(15),
        },
      },
    },
  ])('rejects $title', ({ options }) => {
    expect(() => umap(clouds(3, 5, 2), { dimensions: 2, seed: 1, ...options })).toThrow(
      NumericError,
    );
  });

  it('stops when aborted, and reports increasing shares', () => {
    const shares: number[] = [];
    const controller = new AbortController();
    const onProgress = (share: number) => {
      shares.push(share);
      if (share > 0.5) controller.abort();
    };
    const options = { dimensions: 2, seed: 1, signal: controller.signal, onProgress };
    expect(() => umap(clouds(4, 20, 2), options)).toThrow(
      expect.objectContaining({ code: 'aborted' }),
    );
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares.at(-1)).toBeGreaterThan(0.5);
  });

  it('gives the same result in steps', () => {
    const points = clouds(5, 20, 3);
    const options = { dimensions: 3, seed: 1, epochs: 20 };
    const steps = umapSteps(points, options);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value).toEqual(umap(points, options));
  });
});

describe('the fuzzy set', () => {
  it('is symmetric with weights in (0, 1], ascending columns and no loops', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 8 }), fc.nat(), check),
      { seed: 7, numRuns: 100 },
    );
    function check(n: number, wanted: number, seed: number): void {
      const state = seedRandom(seed);
      // A grid of tenths: distances tie and points coincide.
      const points = Float32Array.from({ length: 2 * n }, () => Math.round(10 * nextFloat(state)));
      const k = Math.min(wanted, n - 1);
      const { offsets, indices, weights } = fuzzySet(exactNeighbors(points, { dimensions: 2, k }));
      const entries = new Map<string, number>();
      for (let row = 0; row < n; row++)
        for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
          if (edge > offsets[row]!) expect(indices[edge]).toBeGreaterThan(indices[edge - 1]!);
          expect(indices[edge]).not.toBe(row);
          expect(weights[edge]).toBeGreaterThan(0);
          expect(weights[edge]).toBeLessThanOrEqual(1);
          entries.set(`${row} ${indices[edge]}`, weights[edge]!);
        }
      for (const [edge, weight] of entries)
        expect(entries.get(edge.split(' ').reverse().join(' '))).toBeCloseTo(weight, 6);
    }
  });
});

describe('an epoch of the layout', () => {
  it.each([2, 3])('gives the same bytes in one range or several, %i components', (components) => {
    const points = clouds(6, 30, 4);
    const graph = fuzzySet(exactNeighbors(points, { dimensions: 4, k: 5 }));
    const tuning = { minDistance: 0.1, spread: 1, epochs: 10, negativeSamples: 5, learningRate: 1 };
    const plan = layoutPlan(graph, 90, { components, seed: 9, ...tuning });
    const state = seedRandom(8);
    const before = Float32Array.from({ length: 90 * components }, () => 10 * nextFloat(state));
    const whole = new Float32Array(before.length);
    const parts = new Float32Array(before.length);
    layoutRange(plan, 4, 0, 90, before, whole);
    for (const [from, to] of [
      [50, 90],
      [0, 7],
      [7, 50],
    ] as const)
      layoutRange(plan, 4, from, to, before, parts);
    expect(parts).toEqual(whole);
    expect(whole).not.toEqual(before);
  });

  it('moves two linked points by the forces of the paper', () => {
    const plan = layoutPlan(
      {
        offsets: Int32Array.of(0, 1, 2),
        indices: Int32Array.of(1, 0),
        weights: Float32Array.of(1, 1),
      },
      2,
      {
        components: 2,
        minDistance: 0.1,
        spread: 1,
        epochs: 4,
        seed: 0,
        negativeSamples: 0,
        learningRate: 1,
      },
    );
    const after = new Float32Array(4);
    layoutRange(plan, 2, 0, 2, Float32Array.of(0, 0, 2, 0), after);
    // −2ab d^(2b−2) / (1 + a d^2b) · (x − y) at d = 2, times alpha = 1 − 2/4.
    const [a, b] = [1.57694, 0.89506];
    const force = ((2 * a * b * 4 ** (b - 1)) / (1 + a * 4 ** b)) * 2 * 0.5;
    // The table is one part in 4,096 wide.
    expect(after[0]).toBeCloseTo(force, 2);
    expect(after[2]).toBeCloseTo(2 - force, 2);
    expect(after[1]).toBe(0);
  });
});
