import { checkChoice, checkInteger, checkNotNegative, checkPoints } from '../checks.ts';
import { type Metric, metricSpace } from '../distance/metric.ts';
import type { MetricSpace } from '../distance/metric-space.ts';
import { checkGraph } from '../knn/check-graph.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { runNearestNeighbors } from '../knn/run-neighbors.ts';
import { NumericError } from '../numeric-error.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { type KernelPool, runOnPool } from '../parallel/pool.ts';
import { finish, type StepOptions, type Steps, within } from '../steps.ts';
import { type TsnePlan, type TsneResult, tsneSteps } from './tsne-steps.ts';

export interface TsneOptions extends StepOptions {
  readonly dimensions: number;
  /** Effective number of neighbors, 1 or more; default 30, at most a third of the neighbors in the graph or of the points. */
  readonly perplexity?: number;
  /** Default `euclidean`. */
  readonly metric?: Metric;
  readonly seed: number;
  /** Default 1,000. */
  readonly iterations?: number;
  /** Accuracy of repulsion, 0 (exact) to 0.7 (coarse); default 0.5. */
  readonly theta?: number;
  /** A known neighbor graph in `metric`, about three times the perplexity; default `nearestNeighbors`. */
  readonly graph?: Neighbors;
}

export function* runTsne(points: Float32Array, options: TsneOptions): Steps<TsneResult> {
  const ready = yield* within(0, NEIGHBOR_SHARE, prepare(points, options));
  const { space, n, neighbors, plan } = ready;
  if (neighbors === null) return { map: new Float32Array(2 * n), divergence: 0 };
  const steps = tsneSteps(space.points, n, space.dim, neighbors, plan, false);
  return yield* within(NEIGHBOR_SHARE, 1, runHere(steps));
}

export async function runTsneOnPool(
  points: Float32Array,
  options: TsneOptions,
  pool: KernelPool,
): Promise<TsneResult> {
  const { signal, onProgress } = options;
  const steps = within(0, NEIGHBOR_SHARE, prepare(points, options));
  const { space, n, neighbors, plan } = finish(steps, { signal, onProgress });
  if (neighbors === null) return { map: new Float32Array(2 * n), divergence: 0 };
  return await runOnPool(tsneSteps(space.points, n, space.dim, neighbors, plan, true), pool, {
    signal,
    onProgress: (share) => onProgress?.(NEIGHBOR_SHARE + (1 - NEIGHBOR_SHARE) * share),
  });
}

interface Prepared {
  readonly space: MetricSpace;
  readonly n: number;
  /** Null for fewer than two points. */
  readonly neighbors: Neighbors | null;
  readonly plan: TsnePlan;
}

function* prepare(points: Float32Array, options: TsneOptions): Steps<Prepared> {
  const { dimensions, seed, graph, metric = 'euclidean', perplexity = 30 } = options;
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, dimensions);
  const { iterations = 1000, theta = 0.5 } = options;
  checkInteger('seed', seed, 0);
  checkInteger('iterations', iterations, 0);
  checkNotNegative('theta', theta);
  if (theta > 0.7)
    throw new NumericError('invalid_option', `theta is ${theta}; it must be 0 to 0.7`);
  if (!(perplexity >= 1 && perplexity < Number.POSITIVE_INFINITY))
    throw new NumericError('invalid_option', `perplexity is ${perplexity}; it must be 1 or more`);
  const space = metricSpace(points, dimensions, metric);
  const plan = { perplexity, iterations, theta, seed };
  if (n < 2) return { space, n, neighbors: null, plan };
  if (graph !== undefined) checkGraph(graph, n);
  const wanted = { dimensions, k: Math.floor(3 * perplexity) + 1, metric, seed };
  const neighbors = graph ?? (yield* runNearestNeighbors(points, wanted));
  const reached = Math.min(perplexity, Math.max(neighbors.k / 3, 1));
  return { space, n, neighbors, plan: { ...plan, perplexity: reached } };
}

/** Share of the progress for the neighbor search. */
const NEIGHBOR_SHARE = 0.1;
