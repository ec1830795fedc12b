import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumericError } from '../numeric-error.ts';
import { nextNormal, permutation, seedRandom } from '../random/random.ts';

/** A kernel over n × dimensions points, described for the shared tests. */
export interface KernelUnderTest<Result> {
  readonly name: string;
  readonly run: (points: Float32Array, dimensions: number) => Result;
  /** The result as plain data, to compare runs. */
  readonly plain: (result: Result) => unknown;
  /** A slow and obviously correct implementation with the same plain result. */
  readonly oracle?: (points: Float32Array, dimensions: number) => unknown;
  /** The plain result of the permuted points from that of the points: row i of the permuted points is row order[i]. */
  readonly permuted?: (plain: unknown, order: Int32Array) => unknown;
  /** Checks the invariants of a result. */
  readonly invariant?: (result: Result, points: Float32Array, dimensions: number) => void;
}

const SEED = 7;
const RUNS = 100;

/** Runs the tests shared by all kernels: edge cases, bad input, oracle, permutation, determinism, invariants. */
export function testKernel<Result>(kernel: KernelUnderTest<Result>): void {
  describe(`${kernel.name}, shared tests`, () => {
    it.each(edges)('handles $title deterministically', ({ points, dimensions }) => {
      const result = kernel.run(points, dimensions);
      kernel.invariant?.(result, points, dimensions);
      expect(kernel.plain(kernel.run(points.slice(), dimensions))).toEqual(kernel.plain(result));
      if (kernel.oracle) expect(kernel.plain(result)).toEqual(kernel.oracle(points, dimensions));
    });

    it.each(broken)('rejects $title with a coded error', ({ points, dimensions }) => {
      expect(() => kernel.run(points, dimensions)).toThrow(NumericError);
    });

    it('matches its invariants and its oracle and keeps its input on random points', () => {
      fc.assert(
        fc.property(cloud, ({ points, dimensions }) => {
          const before = points.slice();
          const result = kernel.run(points, dimensions);
          expect(points).toEqual(before);
          kernel.invariant?.(result, points, dimensions);
          if (kernel.oracle)
            expect(kernel.plain(result)).toEqual(kernel.oracle(points, dimensions));
        }),
        { seed: SEED, numRuns: RUNS },
      );
    });

    const { permuted } = kernel;
    if (!permuted) return;

    it('permutes its result with the points', () => {
      fc.assert(
        fc.property(cloud, fc.nat(), ({ points, dimensions }, seed) => {
          const order = permutation(points.length / dimensions, seedRandom(seed));
          const plain = kernel.plain(kernel.run(points, dimensions));
          const shuffled = kernel.run(reorder(points, dimensions, order), dimensions);
          expect(kernel.plain(shuffled)).toEqual(permuted(plain, order));
        }),
        { seed: SEED, numRuns: RUNS },
      );
    });
  });
}

const edges = [
  { title: 'no point', points: new Float32Array(0), dimensions: 3 },
  { title: 'one point', points: Float32Array.of(1, 2, 3), dimensions: 3 },
  { title: 'two points', points: Float32Array.of(1, 2, 3, 4), dimensions: 2 },
  { title: 'two equal points', points: Float32Array.of(1, 2, 1, 2), dimensions: 2 },
  { title: 'points that all coincide', points: new Float32Array(60).fill(0.3), dimensions: 3 },
  {
    title: 'points on a line',
    points: Float32Array.from({ length: 25 }, (_, i) => i),
    dimensions: 1,
  },
  {
    title: 'zero vectors among others',
    points: Float32Array.of(0, 0, 1, 0, 0, 0, 0, 2),
    dimensions: 2,
  },
];

const broken = [
  { title: 'NaN', points: Float32Array.of(1, Number.NaN), dimensions: 1 },
  { title: 'infinity', points: Float32Array.of(1, Number.POSITIVE_INFINITY), dimensions: 1 },
  { title: 'a ragged length', points: Float32Array.of(1, 2, 3), dimensions: 2 },
  { title: 'no dimensions', points: new Float32Array(0), dimensions: 0 },
];

/** Normal points from a drawn seed: fast-check's own numbers lean to small integers, whose distances tie. */
const cloud = fc
  .record({
    n: fc.integer({ min: 3, max: 60 }),
    dimensions: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
  })
  .map(({ n, dimensions, seed }) => {
    const state = seedRandom(seed);
    const points = Float32Array.from({ length: n * dimensions }, () => nextNormal(state));
    return { points, dimensions };
  });

function reorder(points: Float32Array, dimensions: number, order: Int32Array): Float32Array {
  const result = new Float32Array(points.length);
  order.forEach((row, at) => {
    result.set(points.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  });
  return result;
}
