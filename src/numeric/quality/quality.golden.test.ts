import { describe, expect, it } from 'vitest';
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  densityValidity,
  silhouette,
  trustworthiness,
} from '../numeric.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';

interface Golden {
  readonly pairs: {
    readonly title: string;
    readonly a: number[];
    readonly b: number[];
    readonly rand: number;
    readonly arithmetic: number;
    readonly max: number;
  }[];
  readonly clusterings: {
    readonly dimensions: number;
    readonly points: number[];
    readonly labels: number[];
    readonly silhouette: { readonly euclidean: number[]; readonly cosine: number[] };
    readonly validity: number;
    readonly validityPerCluster: number[];
    readonly layout: number[];
    readonly trustworthiness: Readonly<Record<string, number>>;
  }[];
}

const golden = readGolden<Golden>('quality', 'quality');
/** Sums of doubles in another order; log factorials against scipy's gammaln. */
const DOUBLE = 1e-9;
/** Results are float32; cosine works on float32 unit vectors. */
const FLOAT32 = 2e-6;

describe('agreement of two labelings matches scikit-learn', () => {
  it.each(golden.pairs)('$title: adjusted Rand', ({ a, b, rand }) => {
    expectClose([adjustedRandIndex(Int32Array.from(a), Int32Array.from(b))], [rand], DOUBLE);
  });

  it.each(golden.pairs)('$title: adjusted mutual information', ({ a, b, arithmetic, max }) => {
    const [first, second] = [Int32Array.from(a), Int32Array.from(b)];
    expectClose(
      [
        adjustedMutualInformation(first, second),
        adjustedMutualInformation(first, second, 'max'),
        adjustedMutualInformation(second, first),
      ],
      [arithmetic, max, arithmetic],
      DOUBLE,
    );
  });
});

describe.each(golden.clusterings)('quality of a clustering in $dimensions dimensions', (data) => {
  const { dimensions } = data;
  const points = Float32Array.from(data.points);
  const labels = Int32Array.from(data.labels);

  it.each(['euclidean', 'cosine'] as const)('has the %s silhouettes of scikit-learn', (metric) => {
    const scores = silhouette(points, labels, { dimensions, metric });
    const expected = data.silhouette[metric];
    expectClose(scores.perPoint.slice(0, expected.length), expected, FLOAT32);
    expectClose([scores.mean], [expected.reduce((a, b) => a + b) / expected.length], FLOAT32);
    expect(scores.perPoint.slice(expected.length).every(Number.isNaN)).toBe(true);
  });

  it('has the density-based validity of Python hdbscan', () => {
    const validity = densityValidity(points, labels, { dimensions });
    expectClose(validity.perCluster, data.validityPerCluster, FLOAT32);
    expectClose([validity.mean], [data.validity], FLOAT32);
  });

  it.each([5, 15])('has the trustworthiness of scikit-learn for %d neighbors', (k) => {
    const layout = Float32Array.from(data.layout);
    const got = trustworthiness(points, layout, { dimensions, k });
    expectClose([got], [data.trustworthiness[k]!], DOUBLE);
  });
});
