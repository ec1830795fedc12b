import { fromSquared, type Metric } from '../distance/metric.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { type Steps, within } from '../steps.ts';
import { fitCurve } from './ab-params.ts';
import { forceTables } from './forces.ts';
import { memberships } from './fuzzy-set.ts';
import { knownNeighbors } from './known-neighbors.ts';
import { type LayoutPlan, layoutRange } from './layout.ts';
import { smoothDistances } from './smooth-distances.ts';
import type { UmapPlan } from './umap-steps.ts';

/**
 * Places new points on a finished map, which does not move: each starts at the mean of its k nearest known points, weighted by
 * membership (on a coinciding known point, if there is one), and is then laid out against them.
 *
 * Shapes: `rows` holds the n known points, then the m new ones, × dim, in the metric's space; map n × components; result m × components.
 * Cost m · n distances, far fewer with a `graph` of the known points, and epochs · m · k · 6 pairs; memory m · k. Deterministic for a seed; where a new point lands depends on its number in
 * the batch but not on the other new points. Preconditions: n ≥ 1, 1 ≤ k ≤ n.
 * Origin: umap-learn 0.5 `UMAP.transform`. Deviation: how often an edge acts is set by the strongest edge of its own point, not of
 * the batch; and those of `layoutRange`.
 */
export function* transformSteps(
  rows: Float32Array,
  n: number,
  m: number,
  dim: number,
  k: number,
  metric: Metric,
  map: Float32Array,
  graph: Neighbors | undefined,
  plan: UmapPlan,
): Steps<Float32Array> {
  const { components } = plan;
  const heap = yield* within(0, 0.5, knownNeighbors(rows, n, m, dim, k, graph));
  const distances = Float32Array.from(heap.distances, (squared) => fromSquared(squared, metric));
  const strengths = strengthsOf(distances, m, k);
  let before = new Float32Array((n + m) * components);
  before.set(map);
  before.set(startAmongNeighbors(heap.indices, strengths, m, k, map, components), n * components);
  let after = before.slice();
  const layout = bipartitePlan(heap.indices, strengths, n, m, k, plan);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    layoutRange(layout, epoch, n, n + m, before, after);
    [before, after] = [after, before];
    yield 0.5 + (0.5 * (epoch + 1)) / plan.epochs;
  }
  return before.slice(n * components);
}

/** As the reference: without a nearest distance taken off, and σ solved over all neighbors but the nearest. */
function strengthsOf(distances: Float32Array, m: number, k: number): Float32Array {
  const beyondFirst = new Float32Array(m * (k - 1));
  for (let point = 0; point < m; point++)
    beyondFirst.set(distances.subarray(point * k + 1, (point + 1) * k), point * (k - 1));
  return memberships(distances, m, k, smoothDistances(beyondFirst, m, k - 1, 0));
}

function startAmongNeighbors(
  indices: Int32Array,
  strengths: Float32Array,
  m: number,
  k: number,
  map: Float32Array,
  components: number,
): Float32Array {
  const start = new Float32Array(m * components);
  for (let point = 0; point < m; point++) {
    const from = point * k;
    // Neighbors are nearest first: strength 1 means distance 0.
    const taken = strengths[from] === 1 || strengths[from] === 0 ? 1 : k;
    let total = 0;
    for (let at = from; at < from + taken; at++) total += strengths[at]!;
    for (let c = 0; c < components; c++) {
      let sum = 0;
      for (let at = from; at < from + taken; at++)
        sum += (total === 0 ? 1 : strengths[at]! / total) * map[indices[at]! * components + c]!;
      start[point * components + c] = sum;
    }
  }
  return start;
}

function bipartitePlan(
  indices: Int32Array,
  strengths: Float32Array,
  n: number,
  m: number,
  k: number,
  plan: UmapPlan,
): LayoutPlan {
  const offsets = new Int32Array(n + m + 1);
  for (let point = 0; point < m; point++) offsets[n + point + 1] = (point + 1) * k;
  return {
    n,
    components: plan.components,
    epochs: plan.epochs,
    seed: plan.seed,
    offsets,
    indices,
    rates: strengths.map((strength, at) => {
      const strongest = strengths[Math.floor(at / k) * k]!;
      return strongest === 0 ? 0 : strength / strongest;
    }),
    forces: forceTables(fitCurve(plan.spread, plan.minDistance)),
    // The layout halves this, for edges it meets from both sides; these it meets once.
    negativeSamples: 2 * plan.negativeSamples,
    learningRate: plan.learningRate / 4,
  };
}
