import { symmetricGraph } from '../array/symmetric-graph.ts';
import { toShared } from '../array/to-shared.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { sampledCoordinates } from '../linear/pca.ts';
import type { ParallelSteps } from '../parallel/parallel-steps.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { boxTreeArrays, buildBoxTree } from './box-tree.ts';
import type { ForceField } from './forces.ts';
import { perplexityRows } from './perplexity.ts';

export interface TsneResult {
  /** n × 2, row-major. */
  readonly map: Float32Array;
  /** Kullback–Leibler divergence of the map from the neighbor distribution, in nats. */
  readonly divergence: number;
}

export interface TsnePlan {
  readonly perplexity: number;
  readonly iterations: number;
  readonly theta: number;
  readonly seed: number;
}

/**
 * Barnes–Hut t-SNE from a neighbor graph: joint probabilities at a perplexity, start from two principal components at a spread of
 * 1e-4, then gradient descent with gains and momentum; for the first quarter (at most 250 iterations) probabilities count 12-fold.
 *
 * Shapes: points n × dim in the metric's space, neighbors of about 3 · perplexity. Cost an iteration n · (k + ~300) pairs and a tree;
 * memory 12 bytes an edge and 120 a point. Deterministic for a seed, the same bytes for any division of the rows.
 * Preconditions: n ≥ 2, 1 ≤ perplexity ≤ neighbors.k.
 * Origin: van der Maaten 2014; schedule, learning rate max(n / 48, 50), gains and momentum of scikit-learn 1.9 `TSNE`.
 * Deviations: tight boxes instead of a quadtree of halves; no early stop; p of links beyond the graph is 0, as there.
 */
export function* tsneSteps(
  points: Float32Array,
  n: number,
  dim: number,
  neighbors: Neighbors,
  plan: TsnePlan,
  shared: boolean,
): ParallelSteps<TsneResult> {
  const field = forceField(points, n, dim, neighbors, plan, shared);
  const { positions, attraction, repulsion, kernels, tree } = field;
  const velocity = new Float64Array(2 * n);
  const gains = new Float64Array(2 * n).fill(1);
  const rate = Math.max(n / EXAGGERATION / 4, 50);
  const early = Math.min(EARLY_ITERATIONS, Math.floor(plan.iterations / 4));
  for (let iteration = 0; iteration <= plan.iterations; iteration++) {
    buildBoxTree(positions, n, tree);
    yield {
      share: iteration / (plan.iterations + 1),
      rows: n,
      task: (from, to) => ({ kind: 'tsne-forces', field, from, to }),
    };
    // The last round of forces serves only to measure the divergence.
    if (iteration === plan.iterations) break;
    const exaggeration = iteration < early ? EXAGGERATION : 1;
    const momentum = iteration < early ? 0.5 : 0.8;
    const total = sum(kernels);
    for (let at = 0; at < 2 * n; at++) {
      const gradient = 4 * (exaggeration * attraction[at]! - repulsion[at]! / total);
      const turned = velocity[at]! * gradient < 0;
      gains[at] = Math.max(turned ? gains[at]! + 0.2 : gains[at]! * 0.8, 0.01);
      velocity[at] = momentum * velocity[at]! - rate * gains[at]! * gradient;
      positions[at]! += velocity[at]!;
    }
  }
  return { map: Float32Array.from(positions), divergence: divergenceOf(field, n) };
}

function forceField(
  points: Float32Array,
  n: number,
  dim: number,
  { k, indices, distances }: Neighbors,
  plan: TsnePlan,
  shared: boolean,
): ForceField {
  const place = <Kind extends Float32Array | Int32Array | Float64Array>(array: Kind): Kind =>
    shared ? toShared(array) : array;
  const floats = (length: number) => place(new Float64Array(length));
  const rows = perplexityRows(distances, n, k, plan.perplexity);
  const joint = symmetricGraph(n, k, indices, rows, (there, back) => (there + back) / (2 * n));
  return {
    offsets: place(joint.offsets),
    indices: place(joint.indices),
    weights: place(joint.weights),
    positions: place(startPositions(points, n, dim, plan.seed)),
    tree: boxTreeArrays(n, floats, (length) => place(new Int32Array(length))),
    theta: plan.theta,
    attraction: floats(2 * n),
    repulsion: floats(2 * n),
    kernels: floats(n),
  };
}

/** Two principal components, the first with standard deviation 1e-4; a jitter of 1e-8 separates points that coincide. */
function startPositions(points: Float32Array, n: number, dim: number, seed: number): Float64Array {
  const axes = Math.min(2, dim);
  const coordinates = sampledCoordinates(points, n, dim, axes, seed, START_SAMPLE);
  let squares = 0;
  for (let at = 0; at < coordinates.length; at += axes) squares += coordinates[at]! ** 2;
  const scale = squares > 0 ? 1e-4 / Math.sqrt(squares / n) : 0;
  const random = seedRandom(seed, 1);
  return Float64Array.from({ length: 2 * n }, (_, at) => {
    const axis = at % 2;
    const value = axis < axes ? coordinates[((at - axis) / 2) * axes + axis]! : 0;
    return scale * value + 1e-8 * nextNormal(random);
  });
}

function divergenceOf(
  { offsets, indices, weights, positions, kernels }: ForceField,
  n: number,
): number {
  const total = sum(kernels);
  let divergence = 0;
  for (let point = 0; point < n; point++)
    for (let edge = offsets[point]!; edge < offsets[point + 1]!; edge++) {
      const weight = weights[edge]!;
      if (weight === 0) continue;
      const dx = positions[2 * point]! - positions[2 * indices[edge]!]!;
      const dy = positions[2 * point + 1]! - positions[2 * indices[edge]! + 1]!;
      const closeness = 1 / (1 + dx * dx + dy * dy) / total;
      divergence += weight * Math.log(weight / closeness);
    }
  return divergence;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total;
}

const EXAGGERATION = 12;
const EARLY_ITERATIONS = 250;
const START_SAMPLE = 20_000;
