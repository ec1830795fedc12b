import type { Neighbors } from '../knn/neighbors.ts';
import { principalComponents } from '../linear/pca.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import type { Steps } from '../steps.ts';
import { fitCurve } from './ab-params.ts';
import { forceTables } from './forces.ts';
import { type FuzzyGraph, fuzzySet } from './fuzzy-set.ts';
import { type LayoutPlan, layoutRange } from './layout.ts';

export interface UmapPlan {
  readonly components: number;
  readonly minDistance: number;
  readonly spread: number;
  readonly epochs: number;
  readonly seed: number;
  readonly negativeSamples: number;
  readonly learningRate: number;
}

export function* umapSteps(
  points: Float32Array,
  n: number,
  dim: number,
  neighbors: Neighbors,
  plan: UmapPlan,
): Steps<Float32Array> {
  const layout = layoutPlan(fuzzySet(neighbors), n, plan);
  let before = startPositions(points, n, dim, plan);
  let after: Float32Array = new Float32Array(before.length);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    layoutRange(layout, epoch, 0, n, before, after);
    [before, after] = [after, before];
    yield (epoch + 1) / plan.epochs;
  }
  return before;
}

export function layoutPlan(graph: FuzzyGraph, n: number, plan: UmapPlan): LayoutPlan {
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

/** Principal components stretched to [0, 10] each, with a seeded jitter of 1e-3 so that equal points part. */
export function startPositions(
  points: Float32Array,
  n: number,
  dim: number,
  { components, seed }: UmapPlan,
): Float32Array {
  const axes = Math.min(components, dim);
  const { coordinates } = principalComponents(points, n, dim, axes, seed, 4);
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
