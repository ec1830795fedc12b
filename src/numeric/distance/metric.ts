import type { MetricSpace } from './metric-space.ts';
import { unitVectors } from './unit-vectors.ts';

/** `cosine` is 1 − cos; all kernels work on squared Euclidean distance, for cosine between unit vectors. */
export type Metric = 'euclidean' | 'cosine';

/** Points whose squared Euclidean distance orders pairs as `metric` does. Same buffer for euclidean, fresh for cosine. */
export function metricSpace(points: Float32Array, dim: number, metric: Metric): MetricSpace {
  return metric === 'cosine' ? unitVectors(points, dim) : { points, dim };
}

/** The metric's own distance from a squared Euclidean distance in its space: |u − v|² = 2 (1 − cos). */
export function fromSquared(squared: number, metric: Metric): number {
  return metric === 'cosine' ? squared / 2 : Math.sqrt(squared);
}
