import { describe, expect, it } from 'vitest';
import { hdbscan } from '../numeric.ts';
import { expectClose, renumber } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';

interface Variant {
  readonly options: {
    readonly minClusterSize: number;
    readonly minSamples?: number;
    readonly selection?: 'eom' | 'leaf';
    readonly epsilon?: number;
    readonly allowSingleCluster?: boolean;
  };
  readonly core: number[];
  readonly weight: number;
  readonly scipyWeight: number;
  readonly staged: {
    readonly labels: number[];
    readonly probabilities: number[];
    readonly persistence: number[];
    readonly outliers: number[];
  };
  readonly fit: { readonly labels: number[]; readonly probabilities: number[] };
  readonly tree?: {
    readonly points: [lambda: number, parent: number][];
    readonly clusters: [parent: number, child: number, lambda: number, size: number][];
  };
  readonly exemplars?: number[][];
}

interface Golden {
  readonly dimensions: number;
  readonly points: number[];
  readonly variants: Variant[];
}

/** The references have 12 digits. */
const DIGITS = 1e-11;
/** Results are float32. */
const FLOAT32 = 1e-6;

describe.each(['moons-and-blobs', 'nested-densities', 'directions'])('hdbscan on %s', (name) => {
  const golden = readGolden<Golden>('hdbscan', name);
  const points = Float32Array.from(golden.points);
  const cases = golden.variants.map((variant) => ({
    variant,
    title: JSON.stringify(variant.options),
    result: hdbscan(points, { dimensions: golden.dimensions, ...variant.options }),
  }));

  it.each(cases)('has the core distances of scipy for $title', ({ variant, result }) => {
    expectClose(result.hierarchy.coreDistances, variant.core, DIGITS);
  });

  it.each(cases)('has a minimum spanning tree for $title', ({ variant, result }) => {
    const weight = result.hierarchy.linkage.distance.reduce((sum, edge) => sum + edge, 0);
    expectClose([weight, weight], [variant.weight, variant.scipyWeight], DIGITS);
  });

  it.each(cases.filter(({ variant }) => variant.tree))(
    'has the condensed tree of Python for $title',
    ({ variant, result }) => {
      const { tree } = result.hierarchy;
      const rows = [...tree.child.keys()];
      const clusters = rows.filter((row) => tree.child[row]! >= tree.n);
      expect(signature(clusters.map((row) => [tree.lambda[row]!, tree.size[row]!]))).toEqual(
        signature(variant.tree!.clusters.map(([, , lambda, size]) => [lambda, size])),
      );
      const points = rows.filter((row) => tree.child[row]! < tree.n);
      const lambdas = new Float64Array(tree.n);
      const parents = new Int32Array(tree.n);
      for (const row of points) {
        lambdas[tree.child[row]!] = tree.lambda[row]!;
        parents[tree.child[row]!] = tree.parent[row]!;
      }
      expectClose(
        lambdas,
        variant.tree!.points.map(([lambda]) => lambda),
        DIGITS,
      );
      expect(renumber(parents)).toEqual(renumber(variant.tree!.points.map(([, parent]) => parent)));
    },
  );

  it.each(cases)(
    'has the labels of Python, up to renumbering, for $title',
    ({ variant, result }) => {
      expect(renumber(result.labels)).toEqual(renumber(variant.staged.labels));
    },
  );

  it.each(cases)(
    'has the memberships and outlier scores of Python for $title',
    ({ variant, result }) => {
      expectClose(result.probabilities, variant.staged.probabilities, FLOAT32);
      expectClose(result.outlierScores, variant.staged.outliers, FLOAT32);
    },
  );

  it.each(cases.filter(({ variant }) => variant.exemplars))(
    'has the persistence and exemplars of Python for $title',
    ({ variant, result }) => {
      const python = pythonNames(variant.staged.labels, result.labels);
      expectClose(
        result.persistence,
        python.map((label) => variant.staged.persistence[label]!),
        FLOAT32,
      );
      expect(result.exemplars.map((points) => [...points])).toEqual(
        python.map((label) => variant.exemplars![label]),
      );
    },
  );

  it.each(cases)(
    'differs from a plain fit in Python only at tied edges for $title',
    ({ variant, result }) => {
      const ours = renumber(result.labels);
      const theirs = renumber(variant.fit.labels);
      const differing = ours.filter((label, point) => label !== theirs[point]);
      expect(differing.length / ours.length).toBeLessThanOrEqual(0.02);
    },
  );
});

/** Python's name of each of our labels. */
function pythonNames(python: number[], ours: Int32Array): number[] {
  const names = Array.from({ length: Math.max(...ours) + 1 }, () => -1);
  ours.forEach((label, point) => {
    if (label >= 0) names[label] = python[point]!;
  });
  return names;
}

function signature(rows: number[][]): string[] {
  return rows.map((row) => row.map((value) => value.toPrecision(9)).join(' ')).sort();
}
