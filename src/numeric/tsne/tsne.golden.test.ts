import { describe, expect, it } from 'vitest';
import { symmetricGraph } from '../array/symmetric-graph.ts';
import { trustworthiness, tsne } from '../numeric.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';
import { perplexityRows } from './perplexity.ts';

interface Golden {
  readonly joint: {
    readonly title: string;
    readonly k: number;
    readonly perplexity: number;
    readonly indices: number[];
    readonly distances: number[];
    readonly offsets: number[];
    readonly columns: number[];
    readonly weights: number[];
  }[];
  readonly dimensions: number;
  readonly points: number[];
  readonly perplexity: number;
  readonly runs: { readonly divergence: number; readonly trustworthiness: number }[];
}

/** All n × n entries: we drop links too weak for Float32, the reference keeps them. */
function dense(
  graph: {
    readonly offsets: ArrayLike<number>;
    readonly indices: ArrayLike<number>;
    readonly weights: ArrayLike<number>;
  },
  n: number,
): number[] {
  const entries = new Array<number>(n * n).fill(0);
  for (let row = 0; row < n; row++)
    for (let edge = graph.offsets[row]!; edge < graph.offsets[row + 1]!; edge++)
      entries[row * n + graph.indices[edge]!] = graph.weights[edge]!;
  return entries;
}

const scaledBy =
  (factor: number) =>
  (value: number): number =>
    factor * value;

const golden = readGolden<Golden>('tsne', 'tsne');
/** Bisection stops within 1e-5 of the entropy, on either side. */
const SOLVED = 1e-4;

describe('joint probabilities match scikit-learn', () => {
  it.each(golden.joint)('$title', (expected) => {
    const { k, offsets, perplexity } = expected;
    const n = offsets.length - 1;
    const rows = perplexityRows(Float32Array.from(expected.distances), n, k, perplexity);
    const joint = symmetricGraph(
      n,
      k,
      Int32Array.from(expected.indices),
      rows,
      (there, back) => (there + back) / (2 * n),
    );
    const reference = { offsets, indices: expected.columns, weights: expected.weights };
    const [got, wanted] = [dense(joint, n), dense(reference, n)];
    // Relative to 1 / n, the size of a row's share.
    expectClose(got.map(scaledBy(n)), wanted.map(scaledBy(n)), SOLVED);
  });
});

it('a map of handwritten digits has at most the divergence and at least the trustworthiness of scikit-learn’s', () => {
  const { points, dimensions, perplexity, runs } = golden;
  const digits = Float32Array.from(points);
  const { map, divergence } = tsne(digits, { dimensions, perplexity, seed: 42 });
  const score = trustworthiness(digits, map, { dimensions, k: 15, seed: 1 });
  expect(divergence).toBeLessThan(1.02 * Math.max(...runs.map((run) => run.divergence)));
  expect(score).toBeGreaterThan(Math.min(...runs.map((run) => run.trustworthiness)) - 0.003);
});
