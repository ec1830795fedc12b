import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNeighbors, tsne, tsneSteps } from '../numeric.ts';
import { NumericError } from '../numeric-error.ts';
import { nextFloat, nextNormal, seedRandom } from '../random/random.ts';
import { testKernel } from '../testing/test-kernel.ts';
import { boxTreeArrays, buildBoxTree } from './box-tree.ts';
import { forceRange } from './forces.ts';
import { perplexityRows } from './perplexity.ts';

testKernel({
  name: 'tsne',
  run: (points, dimensions) => tsne(points, { dimensions, seed: 3, iterations: 12, perplexity: 5 }),
  plain: ({ map, divergence }) => [...map, divergence],
  invariant: ({ map, divergence }, points, dimensions) => {
    expect(map).toHaveLength((2 * points.length) / dimensions);
    expect(map.every(Number.isFinite)).toBe(true);
    expect(divergence).toBeGreaterThan(-1e-6);
  },
});

describe('the perplexity equation', () => {
  it('is solved to 1e-5: the entropy of every row is ln(perplexity)', () => {
    const shape = { n: fc.integer({ min: 1, max: 10 }), k: fc.integer({ min: 2, max: 40 }) };
    fc.assert(
      fc.property(
        fc.record({
          ...shape,
          share: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
          seed: fc.nat(),
        }),
        ({ n, k, share, seed }) => {
          const perplexity = 1 + share * (k - 1);
          const state = seedRandom(seed);
          // Distinct distances over five orders of magnitude: any perplexity between 1 and k is reached.
          const distances = Float32Array.from({ length: n * k }, (_, at) =>
            Math.fround(
              10 ** (5 * Math.floor(at / k) * 0.1 - 2) * (1 + (at % k) + 0.5 * nextFloat(state)),
            ),
          );
          const rows = perplexityRows(distances, n, k, perplexity);
          for (let row = 0; row < n; row++) {
            const values = rows.subarray(row * k, (row + 1) * k);
            let entropy = 0;
            for (const value of values) if (value > 0) entropy -= value * Math.log(value);
            // 1e-5 of the equation, and Float32 rounding of up to 40 stored values.
            expect(Math.abs(entropy - Math.log(perplexity))).toBeLessThan(1.2e-5);
            expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
          }
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('gives uniform probabilities for equal distances', () => {
    expect([...perplexityRows(new Float32Array(4).fill(3), 1, 4, 2)]).toEqual([
      0.25, 0.25, 0.25, 0.25,
    ]);
  });
});

/** Positions with coinciding points, in one of four scales. */
const scattered = (n: number, seed: number): Float64Array => {
  const state = seedRandom(seed);
  const positions = Float64Array.from(
    { length: 2 * n },
    () => nextNormal(state) * 10 ** (seed % 4),
  );
  for (let point = 3; point < n; point += 7) {
    positions[2 * point] = positions[0]!;
    positions[2 * point + 1] = positions[1]!;
  }
  return positions;
};
const treeOf = (positions: Float64Array) => {
  const n = positions.length / 2;
  const tree = boxTreeArrays(
    n,
    (length) => new Float64Array(length),
    (length) => new Int32Array(length),
  );
  return { tree, nodes: buildBoxTree(positions, n, tree) };
};

describe('the box tree', () => {
  it('has each point once, correct counts, and at most 2 n − 1 nodes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), (n, seed) => {
        const { tree, nodes } = treeOf(scattered(n, seed));
        expect([...tree.order].sort((left, right) => left - right)).toEqual([...Array(n).keys()]);
        expect(nodes).toBeLessThanOrEqual(2 * n - 1);
        for (let node = 0; node < nodes; node++) {
          if (tree.squaredWidth[node] === 0) continue;
          let below = 0;
          for (let child = node + 1; child < tree.skip[node]!; child = tree.skip[child]!)
            below += tree.count[child]!;
          expect(below).toBe(tree.count[node]);
        }
        expect(tree.count[0]).toBe(n);
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it.each([
    { title: 'a geometric row of points', value: (i: number) => 2 ** -i },
    { title: 'neighboring doubles', value: (i: number) => 1 + (i % 2) * Number.EPSILON },
    { title: 'coinciding points', value: () => 5 },
  ])('is built for $title', ({ value }) => {
    const { tree, nodes } = treeOf(
      Float64Array.from({ length: 400 }, (_, at) => value(Math.floor(at / 2))),
    );
    expect(nodes).toBeLessThanOrEqual(399);
    expect(tree.count[0]).toBe(200);
  });
});

describe('the forces', () => {
  it.each([
    { theta: 0, tolerance: 1e-9 },
    { theta: 0.5, tolerance: 0.03 },
  ])('at theta $theta equal the sums over all pairs within $tolerance', ({ theta, tolerance }) => {
    const n = 150;
    const positions = scattered(n, 4);
    const { tree } = treeOf(positions);
    const field = {
      offsets: new Int32Array(n + 1),
      indices: new Int32Array(0),
      weights: new Float32Array(0),
      positions,
      tree,
      theta,
      attraction: new Float64Array(2 * n),
      repulsion: new Float64Array(2 * n),
      kernels: new Float64Array(n),
    };
    forceRange(field, 0, n);
    const [kernels, forces] = bruteForce(positions, n);
    const largest = Math.max(...forces.map(Math.abs));
    for (let point = 0; point < n; point++) {
      expect(Math.abs(field.kernels[point]! / kernels[point]! - 1)).toBeLessThan(tolerance);
      for (const at of [2 * point, 2 * point + 1])
        expect(Math.abs(field.repulsion[at]! - forces[at]!)).toBeLessThan(tolerance * largest);
    }
  });
});

function bruteForce(positions: Float64Array, n: number): [number[], number[]] {
  const kernels = new Array<number>(n).fill(0);
  const forces = new Array<number>(2 * n).fill(0);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const dx = positions[2 * i]! - positions[2 * j]!;
      const dy = positions[2 * i + 1]! - positions[2 * j + 1]!;
      const closeness = 1 / (1 + dx * dx + dy * dy);
      kernels[i]! += closeness;
      forces[2 * i]! += closeness ** 2 * dx;
      forces[2 * i + 1]! += closeness ** 2 * dy;
    }
  return [kernels, forces];
}

describe('tsne', () => {
  const state = seedRandom(5);
  const points = Float32Array.from(
    { length: 60 * 4 },
    (_, at) => nextNormal(state) + 20 * (Math.floor(at / 4) % 2),
  );

  it('lowers the divergence with more iterations', () => {
    const divergence = (iterations: number) =>
      tsne(points, { dimensions: 4, seed: 1, perplexity: 8, iterations }).divergence;
    expect(divergence(400)).toBeLessThan(divergence(0));
  });

  it('gives the same result in steps and with a given graph', () => {
    const options = { dimensions: 4, seed: 1, perplexity: 5, iterations: 30 };
    const steps = tsneSteps(points, {
      ...options,
      graph: exactNeighbors(points, { dimensions: 4, k: 16 }),
    });
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value).toEqual(tsne(points, options));
  });

  it.each([
    { title: 'perplexity below 1', options: { perplexity: 0.5 } },
    { title: 'perplexity NaN', options: { perplexity: Number.NaN } },
    { title: 'theta above 0.7', options: { theta: 0.8 } },
    { title: 'a negative seed', options: { seed: -1 } },
  ])('rejects $title', ({ options }) => {
    expect(() => tsne(points, { dimensions: 4, seed: 1, ...options })).toThrow(NumericError);
  });

  it('stops when aborted', () => {
    const call = () => tsne(points, { dimensions: 4, seed: 1, signal: AbortSignal.abort() });
    expect(call).toThrow(expect.objectContaining({ code: 'aborted' }));
  });
});
