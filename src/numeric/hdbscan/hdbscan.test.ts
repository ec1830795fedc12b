import { describe, expect, it } from 'vitest';
import {
  approximatePredict,
  exactNeighbors,
  type HdbscanResult,
  hdbscan,
  hdbscanLayers,
  hdbscanSelect,
  hdbscanSteps,
  runSteps,
} from '../numeric.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { finish } from '../steps.ts';
import { expectClose, renumber } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';
import { testKernel } from '../testing/test-kernel.ts';

const run = (points: Float32Array, dimensions: number) =>
  hdbscan(points, { dimensions, minClusterSize: 4, minSamples: 2 });

testKernel({
  name: 'hdbscan',
  run,
  plain: ({ labels, outlierScores, hierarchy }) => ({
    labels: renumber(labels),
    outliers: [...outlierScores],
    joins: [...hierarchy.linkage.distance],
  }),
  permuted: (plain, order) => {
    const { labels, outliers, joins } = plain as {
      labels: number[];
      outliers: number[];
      joins: number[];
    };
    return {
      labels: renumber([...order].map((row) => labels[row]!)),
      outliers: [...order].map((row) => outliers[row]!),
      joins,
    };
  },
  invariant: (result, points, dimensions) => {
    const n = points.length / dimensions;
    expect(result.labels).toHaveLength(n);
    expectValid(result, 4);
  },
});

function expectValid(
  { labels, probabilities, hierarchy, clusters, exemplars }: HdbscanResult,
  least: number,
): void {
  const { tree } = hierarchy;
  const sizes = Array.from(clusters, (_, label) => labels.filter((l) => l === label).length);
  expect(sizes.every((size) => size >= least)).toBe(true);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(probabilities.every((p, i) => (labels[i]! < 0 ? p === 0 : p > 0 && p <= 1))).toBe(true);
  exemplars.forEach((points, label) => {
    expect(points.length).toBeGreaterThan(0);
    expect(points.every((point) => labels[point] === label)).toBe(true);
  });
  const birth = new Map<number, number>([[tree.n, 0]]);
  tree.child.forEach((child, row) => {
    expect(tree.lambda[row]!).toBeGreaterThanOrEqual(birth.get(tree.parent[row]!) ?? Number.NaN);
    birth.set(child, tree.lambda[row]!);
  });
  expect(tree.child.filter((child) => child < tree.n)).toHaveLength(tree.n);
}

describe('hdbscan', () => {
  it('finds two groups on a line and calls the stray point noise', () => {
    const points = Float32Array.of(0, 1, 2, 3.5, 20, 21, 22, 23.5, 25, 100);
    const { labels } = hdbscan(points, { dimensions: 1, minClusterSize: 3, minSamples: 1 });
    expect([...labels]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, -1]);
  });

  it('keeps blocks of coinciding points whole, with finite scores', () => {
    const points = Float32Array.from({ length: 40 }, (_, i) => (i < 15 ? 0 : i < 35 ? 5 : i));
    const result = hdbscan(points, { dimensions: 1, minClusterSize: 5 });
    expect([...result.labels]).toEqual([
      ...Array<number>(15).fill(1),
      ...Array<number>(20).fill(0),
      ...Array<number>(5).fill(-1),
    ]);
    expect([...result.persistence, ...result.outlierScores].every(Number.isFinite)).toBe(true);
  });

  it.each([
    { allowSingleCluster: false, label: -1 },
    { allowSingleCluster: true, label: 0 },
  ])(
    'labels points that all coincide $label when a single cluster is allowed: $allowSingleCluster',
    (options) => {
      const { labels } = hdbscan(new Float32Array(20), {
        dimensions: 2,
        minClusterSize: 5,
        ...options,
      });
      expect([...labels]).toEqual(Array(10).fill(options.label));
    },
  );

  it('clusters directions by cosine, regardless of length', () => {
    const state = seedRandom(1);
    const points = new Float32Array(120);
    for (let i = 0; i < 60; i++) {
      const length = 1 + 50 * (i % 7);
      const angle = (i % 3) * 2 + 0.05 * nextNormal(state);
      points[2 * i] = length * Math.cos(angle);
      points[2 * i + 1] = length * Math.sin(angle);
    }
    const { labels } = hdbscan(points, {
      dimensions: 2,
      minClusterSize: 10,
      minSamples: 3,
      metric: 'cosine',
      epsilon: 0.3,
    });
    expect(renumber(labels)).toEqual(Array.from({ length: 60 }, (_, i) => i % 3));
  });

  it('reports increasing progress and stops when aborted', () => {
    const points = gaussians(1500, 4);
    const shares: number[] = [];
    hdbscan(points, {
      dimensions: 4,
      minClusterSize: 5,
      onProgress: (share) => shares.push(share),
    });
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    const signal = AbortSignal.abort();
    expect(() => hdbscan(points, { dimensions: 4, minClusterSize: 5, signal })).toThrow(
      expect.objectContaining({ code: 'aborted' }),
    );
  });

  it('gives the same result step by step', () => {
    const points = gaussians(300, 3);
    const options = { dimensions: 3, minClusterSize: 5 };
    expect(finish(hdbscanSteps(points, options))).toEqual(hdbscan(points, options));
  });

  it('stops between steps if aborted during a pause', async () => {
    const controller = new AbortController();
    const steps = hdbscanSteps(gaussians(1500, 4), { dimensions: 4, minClusterSize: 5 });
    let pauses = 0;
    const pause = async () => {
      if (++pauses === 3) controller.abort('enough');
    };
    await expect(runSteps(steps, pause, { signal: controller.signal })).rejects.toThrow(
      expect.objectContaining({ code: 'aborted', cause: 'enough' }),
    );
    expect(pauses).toBe(3);
  });

  it('uses a given neighbor graph instead of searching', () => {
    const points = gaussians(300, 3);
    const options = { dimensions: 3, minClusterSize: 5, metric: 'cosine' } as const;
    const neighbors = exactNeighbors(points, { ...options, k: 8 });
    const { hierarchy, ...flat } = hdbscan(points, { ...options, neighbors });
    const { hierarchy: searched, ...expected } = hdbscan(points, options);
    expect(flat).toEqual(expected);
    expect([hierarchy.recall, searched.recall]).toEqual([null, 1]);
    expect(() => hdbscan(points, { ...options, minSamples: 9, neighbors })).toThrow(
      'neighbors.k is 8; it must be an integer, 9 or more',
    );
    const broken = { ...neighbors, indices: neighbors.indices.map(() => 0) };
    expect(() => hdbscan(points, { ...options, neighbors: broken })).toThrow('row 0 has 0');
  });

  it.each([
    { minClusterSize: 1 },
    { minClusterSize: 2.5 },
    { minClusterSize: 5, minSamples: 0 },
    { minClusterSize: 5, epsilon: -1 },
    { minClusterSize: 5, selection: 'best' as 'eom' },
  ])('rejects %j', (options) => {
    expect(() => hdbscan(new Float32Array(8), { dimensions: 2, ...options })).toThrow(
      expect.objectContaining({ code: 'invalid_option' }),
    );
  });
});

describe('hdbscanSelect', () => {
  it('gives the same result as a run with these options', () => {
    const points = gaussians(200, 2);
    const { hierarchy } = hdbscan(points, { dimensions: 2, minClusterSize: 5, minSamples: 5 });
    const asked = { minClusterSize: 9, selection: 'leaf', epsilon: 0.1 } as const;
    expect(hdbscanSelect(hierarchy, asked)).toEqual(
      hdbscan(points, { dimensions: 2, minSamples: 5, ...asked }),
    );
  });
});

describe('hdbscanLayers', () => {
  it('merges near pairs of groups before far ones', () => {
    const centers = [0, 3, 40, 43, 200, 203, 240, 243];
    const points = Float32Array.from(
      { length: 160 },
      (_, i) => centers[i % 8]! + Math.floor(i / 8) * 0.02,
    );
    const { hierarchy } = hdbscan(points, { dimensions: 1, minClusterSize: 11, minSamples: 2 });
    const layers = hdbscanLayers(hierarchy);
    expect(layers.map((layer) => layer.clusters)).toEqual([8, 4, 2]);
    expect(renumber(layers[1]!.labels.slice(0, 8))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(renumber(layers[2]!.labels.slice(0, 8))).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('nests every cluster in one of the next layer and only grows', () => {
    const { hierarchy } = hdbscan(gaussians(600, 2), {
      dimensions: 2,
      minClusterSize: 3,
      minSamples: 1,
    });
    const layers = hdbscanLayers(hierarchy);
    expect(layers.length).toBeGreaterThan(2);
    layers.slice(1).forEach((coarse, index) => {
      const fine = layers[index]!;
      expect(coarse.clusters).toBeLessThan(fine.clusters);
      fine.labels.forEach((label, point) => {
        if (label >= 0) expect(coarse.labels[point]).toBe(fine.parents[label]);
      });
    });
  });

  it('is empty if nothing splits', () => {
    const { hierarchy } = hdbscan(new Float32Array(20), { dimensions: 2, minClusterSize: 3 });
    expect(hdbscanLayers(hierarchy)).toEqual([]);
  });
});

interface Golden {
  readonly dimensions: number;
  readonly points: number[];
  readonly variants: {
    readonly options: { readonly minClusterSize: number; readonly minSamples?: number };
    readonly staged: { readonly labels: number[] };
    readonly predict?: {
      readonly points: number[][];
      readonly labels: number[];
      readonly probabilities: number[];
    };
  }[];
}

describe.each(['moons-and-blobs', 'nested-densities', 'directions'])(
  'approximatePredict on %s',
  (name) => {
    const golden = readGolden<Golden>('hdbscan', name);
    const points = Float32Array.from(golden.points);
    it.each(golden.variants.filter((variant) => variant.predict))(
      'predicts as Python hdbscan for $options',
      ({ options, staged, predict }) => {
        const result = hdbscan(points, { dimensions: golden.dimensions, ...options });
        const got = approximatePredict(points, Float32Array.from(predict!.points.flat()), result);
        expect(renumber([...result.labels, ...got.labels])).toEqual(
          renumber([...staged.labels, ...predict!.labels]),
        );
        expectClose(got.probabilities, predict!.probabilities, 1e-5);
      },
    );

    it('rejects points other than those of the clustering', () => {
      const result = hdbscan(points, { dimensions: golden.dimensions, minClusterSize: 5 });
      expect(() => approximatePredict(points.subarray(golden.dimensions), points, result)).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
    });
  },
);

function gaussians(n: number, dimensions: number): Float32Array {
  const state = seedRandom(n);
  return Float32Array.from(
    { length: n * dimensions },
    (_, i) => 4 * (Math.floor(i / dimensions) % 5) + nextNormal(state),
  );
}
