import { describe, expect, it } from 'vitest';
import { kmeans } from '../numeric.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';

interface Golden {
  readonly cases: {
    readonly title: string;
    readonly dimensions: number;
    readonly points: number[];
    readonly initial: number[];
    readonly labels: number[];
    readonly inertia: number;
    readonly centroids: number[];
  }[];
}

/** Centroids are Float32 here, doubles there. */
const FLOAT32 = 1e-5;

describe('k-means from the same start, as scikit-learn', () => {
  it.each(readGolden<Golden>('kmeans', 'kmeans').cases)('$title', (expected) => {
    const { dimensions, initial, points } = expected;
    const result = kmeans(Float32Array.from(points), {
      dimensions,
      k: initial.length / dimensions,
      seed: 0,
      initial: Float32Array.from(initial),
    });
    expect([...result.labels]).toEqual(expected.labels);
    expectClose([result.inertia], [expected.inertia], FLOAT32);
    expectClose(result.centroids, expected.centroids, FLOAT32);
  });
});
