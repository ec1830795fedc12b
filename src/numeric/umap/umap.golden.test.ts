import { describe, expect, it } from 'vitest';
import { trustworthiness, umap } from '../numeric.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';
import { fitCurve } from './ab-params.ts';
import { fuzzySet } from './fuzzy-set.ts';
import { smoothDistances } from './smooth-distances.ts';

interface Stages {
  readonly curves: { spread: number; minDistance: number; a: number; b: number }[];
  readonly stages: {
    readonly title: string;
    readonly k: number;
    readonly indices: number[];
    readonly distances: number[];
    readonly sigmas: number[];
    readonly rhos: number[];
    readonly sigmasWithoutRho: number[];
    readonly offsets: number[];
    readonly columns: number[];
    readonly weights: number[];
  }[];
}

interface Layout {
  readonly dimensions: number;
  readonly points: number[];
  readonly trustworthinessNeighbors: number;
  readonly maps: { readonly components: number; readonly trustworthiness: number[] }[];
}

const golden = readGolden<Stages>('umap', 'stages');
/** Bisection stops within 1e-5 of the sum, on Float32 distances. */
const SOLVED = 1e-4;

describe('the stages of UMAP match umap-learn', () => {
  it.each(golden.curves)('curve for spread $spread, distance $minDistance', (curve) => {
    const { a, b } = fitCurve(curve.spread, curve.minDistance);
    expectClose([a, b], [curve.a, curve.b], 1e-4);
  });

  it('the default curve matches the published one', () => {
    const { a, b } = fitCurve(1, 0.1);
    expectClose([a, b], [1.57694, 0.89506], 1e-5);
  });

  it.each(golden.stages)('$title: sigmas and rhos', (stage) => {
    const n = stage.sigmas.length;
    const distances = Float32Array.from(stage.distances);
    const { sigmas, rhos } = smoothDistances(distances, n, stage.k);
    expectClose(sigmas, stage.sigmas, SOLVED);
    expectClose(rhos, stage.rhos, 1e-6);
    const unshifted = smoothDistances(distances, n, stage.k, 0);
    expectClose(unshifted.sigmas, stage.sigmasWithoutRho, SOLVED);
  });

  it.each(golden.stages)('$title: fuzzy set', (stage) => {
    const graph = fuzzySet({
      k: stage.k,
      indices: Int32Array.from(stage.indices),
      distances: Float32Array.from(stage.distances),
    });
    expect([...graph.offsets]).toEqual(stage.offsets);
    expect([...graph.indices]).toEqual(stage.columns);
    expectClose(graph.weights, stage.weights, SOLVED);
  });
});

describe('maps of handwritten digits, against umap-learn over four seeds', () => {
  const { points, dimensions, maps, trustworthinessNeighbors } = readGolden<Layout>(
    'umap',
    'layout',
  );
  it.each(maps)(
    '$components components: at least as trustworthy',
    ({ components, ...reference }) => {
      const digits = Float32Array.from(points);
      const map = umap(digits, { dimensions, components, seed: 42 });
      const score = trustworthiness(digits, map, {
        dimensions,
        layoutDimensions: components,
        k: trustworthinessNeighbors,
        seed: 1,
      });
      // Seeds of the reference differ by up to 0.005.
      expect(score).toBeGreaterThan(Math.min(...reference.trustworthiness) - 0.003);
    },
  );
});
