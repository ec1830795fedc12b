import type { SymmetricGraph } from '../array/symmetric-graph.ts';
import { toShared } from '../array/to-shared.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { sampledCoordinates } from '../linear/pca.ts';
import type { ParallelSteps } from '../parallel/parallel-steps.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { fitCurve } from './ab-params.ts';
import { forceTables } from './forces.ts';
import { fuzzySet } from './fuzzy-set.ts';
import type { LayoutPlan } from './layout.ts';

export interface UmapPlan {
  readonly components: number;
  readonly minDistance: number;
  readonly spread: number;
  readonly epochs: number;
  readonly seed: number;
  readonly negativeSamples: number;
  readonly learningRate: number;
}

/**
 * UMAP from a neighbor graph: fuzzy set, start from principal components, then `epochs` of layout with the learning rate falling
 * linearly to 0. Result n × components, fresh.
 *
 * Cost of an epoch about 7 n · 3.5 pairs at 15 neighbors; memory 24 bytes an edge. Deterministic for a seed, and the same bytes for
 * any division of the rows. `shared` puts what workers read into shared memory. Preconditions: n ≥ 2, neighbors of the points.
 * Origin: McInnes, Healy, Melville 2018; umap-learn 0.5. Deviations: principal components instead of spectral start (as good on
 * digits and blobs, and defined for graphs in pieces), and those of `layoutRange`.
 */
export function* umapSteps(
  points: Float32Array,
  n: number,
  dim: number,
  neighbors: Neighbors,
  plan: UmapPlan,
  shared: boolean,
): ParallelSteps<Float32Array> {
  const place = <Kind extends Float32Array | Int32Array>(array: Kind): Kind =>
    shared ? toShared(array) : array;
  const layout = layoutPlan(fuzzySet(neighbors), n, plan);
  const placed: LayoutPlan = {
    ...layout,
    offsets: place(layout.offsets),
    indices: place(layout.indices),
    rates: place(layout.rates),
    forces: {
      attraction: place(layout.forces.attraction),
      repulsion: place(layout.forces.repulsion),
    },
  };
  let before: Float32Array = place(startPositions(points, n, dim, plan));
  let after: Float32Array = place(new Float32Array(before.length));
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    yield {
      share: (epoch + 1) / plan.epochs,
      rows: n,
      task: (from, to) => ({ kind: 'umap-layout', plan: placed, epoch, from, to, before, after }),
    };
    [before, after] = [after, before];
  }
  return shared ? before.slice() : before;
}

export function layoutPlan(graph: SymmetricGraph, n: number, plan: UmapPlan): LayoutPlan {
  const heaviest = graph.weights.reduce((most, weight) => Math.max(most, weight), 0);
  return {
    n,
    components: plan.components,
    epochs: plan.epochs,
    seed: plan.seed,
    offsets: graph.offsets,
    indices: graph.indices,
    rates: graph.weights.map((weight) => weight / heaviest),
    forces: forceTables(fitCurve(plan.spread, plan.minDistance)),
    negativeSamples: plan.negativeSamples,
    learningRate: plan.learningRate,
  };
}

/** Principal components (of a sample above 20,000 points) stretched to [0, 10] each, with a seeded jitter of 1e-3, which separates equal points. */
function startPositions(
  points: Float32Array,
  n: number,
  dim: number,
  { components, seed }: UmapPlan,
): Float32Array {
  const axes = Math.min(components, dim);
  const coordinates = sampledCoordinates(points, n, dim, axes, seed, START_SAMPLE);
  const start = new Float32Array(n * components);
  const random = seedRandom(seed, 1);
  for (let c = 0; c < components; c++) {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let point = 0; point < n; point++) {
      const value = c < axes ? coordinates[point * axes + c]! : 0;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const scale = most > least ? 10 / (most - least) : 0;
    for (let point = 0; point < n; point++) {
      const value = c < axes ? coordinates[point * axes + c]! : 0;
      start[point * components + c] = (value - least) * scale + 1e-3 * nextNormal(random);
    }
  }
  return start;
}

const START_SAMPLE = 20_000;
