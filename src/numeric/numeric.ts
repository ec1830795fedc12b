import {
  checkChoice,
  checkInteger,
  checkNotNegative,
  checkPoints,
  checkSameLength,
} from './checks.ts';
import { type Metric, metricSpace } from './distance/metric.ts';
import type { HdbscanResult, Hierarchy } from './hdbscan/hdbscan-steps.ts';
import { type Layer, layersOf } from './hdbscan/layers.ts';
import type { Prediction } from './hdbscan/predict.ts';
import {
  type HdbscanOptions,
  runHdbscan,
  runHdbscanOnPool,
  runPredict,
  runSelect,
  type SelectOptions,
} from './hdbscan/run-hdbscan.ts';
import type { KmeansBySilhouette } from './kmeans/by-silhouette.ts';
import type { KmeansResult } from './kmeans/kmeans-steps.ts';
import {
  type KmeansOptions,
  runKmeans,
  runKmeansBySilhouette,
  runKmeansOnPool,
  type SilhouetteOptions,
} from './kmeans/run-kmeans.ts';
import type { Neighbors } from './knn/neighbors.ts';
import { recallOf } from './knn/recall.ts';
import {
  type NearestGraph,
  type NearestOptions,
  type NeighborOptions,
  runExactNeighbors,
  runNearestNeighbors,
  runNearestNeighborsOnPool,
} from './knn/run-neighbors.ts';
import type { PrincipalComponents } from './linear/pca.ts';
import { type PcaOptions, runPca } from './linear/run-pca.ts';
import { runSvd, type SvdOptions } from './linear/run-svd.ts';
import type { SparseMatrix } from './linear/sparse-matrix.ts';
import type { SparseSvd } from './linear/sparse-svd.ts';
import {
  fitLogistic,
  type LogisticFit,
  type LogisticOptions,
} from './logistic/logistic-regression.ts';
import { createKernelPool, type KernelPool } from './parallel/pool.ts';
import type { Thread } from './parallel/thread.ts';
import { adjustedMutual, type MutualAverage } from './quality/adjusted-mutual-information.ts';
import { adjustedRand } from './quality/adjusted-rand.ts';
import { bootstrapJaccard } from './quality/bootstrap.ts';
import { contingency } from './quality/contingency.ts';
import { type DensityValidity, densityValidityOf } from './quality/density-validity.ts';
import type {
  ClusterQualityOptions,
  StabilityOptions,
  TrustworthinessOptions,
} from './quality/options.ts';
import { sampledMembers } from './quality/sampled-members.ts';
import { type Silhouette, silhouetteOf } from './quality/silhouette.ts';
import { trustworthinessOf } from './quality/trustworthiness.ts';
import { permutation, seedRandom } from './random/random.ts';
import { finish, finishWithPauses, type StepOptions, type Steps } from './steps.ts';
import { runTsne, runTsneOnPool, type TsneOptions } from './tsne/run-tsne.ts';
import type { TsneResult } from './tsne/tsne-steps.ts';
import { runTransform, type TransformOptions } from './umap/run-transform.ts';
import { runUmap, runUmapOnPool, type UmapOptions } from './umap/run-umap.ts';

export type { HdbscanResult, Hierarchy } from './hdbscan/hdbscan-steps.ts';
export type { Layer } from './hdbscan/layers.ts';
export type { Prediction } from './hdbscan/predict.ts';
export type { HdbscanOptions, SelectOptions } from './hdbscan/run-hdbscan.ts';
export type { KmeansBySilhouette, TriedK } from './kmeans/by-silhouette.ts';
export type { KmeansResult } from './kmeans/kmeans-steps.ts';
export type { KmeansOptions, SilhouetteOptions } from './kmeans/run-kmeans.ts';
export type { Neighbors } from './knn/neighbors.ts';
export type { NearestGraph, NearestOptions, NeighborOptions } from './knn/run-neighbors.ts';
export type { PrincipalComponents } from './linear/pca.ts';
export type { PcaOptions } from './linear/run-pca.ts';
export type { SvdOptions } from './linear/run-svd.ts';
export type { SparseMatrix } from './linear/sparse-matrix.ts';
export type { SparseSvd } from './linear/sparse-svd.ts';
export type { LogisticFit, LogisticOptions } from './logistic/logistic-regression.ts';
export type { KernelPool } from './parallel/pool.ts';
export type { Thread } from './parallel/thread.ts';
export type { StepOptions, Steps } from './steps.ts';
export type { TsneOptions } from './tsne/run-tsne.ts';
export type { TsneResult } from './tsne/tsne-steps.ts';
export type { TransformOptions } from './umap/run-transform.ts';
export type { UmapOptions } from './umap/run-umap.ts';

/**
 * The k nearest other points of every point, by brute force: n² / 2 distances; meant for up to 20,000 points.
 * Equal distances go by lower index. For cosine, zero rows are at distance 0 from each other and 1 from the rest.
 * Throws `NumericError` on a ragged length, NaN, infinity or k < 1.
 */
export function exactNeighbors(points: Float32Array, options: NeighborOptions): Neighbors {
  return finish(runExactNeighbors(points, options), options);
}

/**
 * `exactNeighbors` up to 20,000 distinct points; beyond, nearest-neighbor descent from random projection trees, the same for the
 * same seed. `recall` is 1 when exact, else estimated on 64 rows.
 */
export function nearestNeighbors(points: Float32Array, options: NearestOptions): NearestGraph {
  return finish(runNearestNeighbors(points, options), options);
}

/**
 * HDBSCAN*: clusters of any shape and density, and noise. Labels, memberships and scores equal those of Python's
 * hdbscan 0.8.44 up to renaming and to edges of equal weight, which go by raw distance here, and up to `exactUpTo` points.
 * Fewer than two points, or points that all coincide, are noise. Throws `NumericError` on a ragged length, NaN,
 * infinity, or an option out of range; `aborted` if the signal is aborted.
 */
export function hdbscan(points: Float32Array, options: HdbscanOptions): HdbscanResult {
  return finish(hdbscanSteps(points, options), options);
}

/** `hdbscan` in bounded steps, for a worker or a screen that shows progress. */
export function hdbscanSteps(points: Float32Array, options: HdbscanOptions): Steps<HdbscanResult> {
  return runHdbscan(points, options);
}

/**
 * Runs any stepped kernel to its end, awaiting `pause` between steps: pass a timer, so that a screen can redraw and an
 * abort can take effect. Throws `aborted` if the signal is aborted.
 */
export function runSteps<Result>(
  steps: Steps<Result>,
  pause: () => Promise<void>,
  options: StepOptions = {},
): Promise<Result> {
  return finishWithPauses(steps, pause, options);
}

/** Another flat clustering from the same hierarchy, without a rerun. Defaults as in `hdbscan`. */
export function hdbscanSelect(hierarchy: Hierarchy, options: SelectOptions = {}): HdbscanResult {
  return runSelect(hierarchy, options);
}

/**
 * Nested groupings of one hierarchy from fine to coarse, without a rerun: the leaves first, then about half as many
 * clusters each time. Each cluster lies inside one of the next layer (`parents`). Empty when nothing splits.
 */
export function hdbscanLayers(hierarchy: Hierarchy): Layer[] {
  return layersOf(hierarchy.tree);
}

/**
 * Labels, memberships and the joined known point for new points under an existing clustering; −1 for noise.
 * `points` are those that were clustered. Costs one distance per pair of new and known point.
 */
export function approximatePredict(
  points: Float32Array,
  newPoints: Float32Array,
  result: HdbscanResult,
): Prediction {
  return runPredict(points, newPoints, result);
}

/** Share of the true neighbors that an approximate graph holds, 0 to 1; 1 for empty graphs. */
export function neighborRecall(found: Neighbors, exact: Neighbors): number {
  checkSameLength('found.indices', found.indices.length, 'exact.indices', exact.indices.length);
  return recallOf(found.indices, exact.indices, exact.k);
}

/**
 * Silhouette of a clustering, noise (−1) left out; −1 to 1, NaN with fewer than two clusters. Exact up to `sample` points,
 * beyond that on a seeded sample, the mean weighted by the clusters' sizes.
 */
export function silhouette(
  points: Float32Array,
  labels: Int32Array,
  options: ClusterQualityOptions & { readonly metric?: Metric },
): Silhouette {
  const metric = options.metric ?? 'euclidean';
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const { n, sizes, members } = sampledMembers(points, labels, options);
  const space = metricSpace(points, options.dimensions, metric);
  return silhouetteOf(space.points, n, space.dim, metric, members, sizes);
}

/**
 * DBCV, the validity measure for density-based clusters: −1 to 1, weighted by size over all points, so that noise lowers it.
 * Euclidean; a lone cluster scores 1. Exact up to `sample` points (default 4,000), beyond that on a seeded sample, which is
 * sparser and so scores lower.
 */
export function densityValidity(
  points: Float32Array,
  labels: Int32Array,
  options: ClusterQualityOptions,
): DensityValidity {
  const { n, sizes, members } = sampledMembers(points, labels, options);
  return densityValidityOf(points, options.dimensions, members, sizes, n);
}

/** Adjusted Rand index of two labelings: 1 equal, 0 as by chance. Noise counts as a class of its own. */
export function adjustedRandIndex(a: Int32Array, b: Int32Array): number {
  checkSameLength('a', a.length, 'b', b.length);
  return adjustedRand(contingency(a, b));
}

/** Adjusted mutual information of two labelings: 1 equal, 0 as by chance. Default average `arithmetic`, as scikit-learn's. */
export function adjustedMutualInformation(
  a: Int32Array,
  b: Int32Array,
  average: MutualAverage = 'arithmetic',
): number {
  checkSameLength('a', a.length, 'b', b.length);
  checkChoice('average', average, ['arithmetic', 'max']);
  return adjustedMutual(contingency(a, b), average);
}

/** Share of neighbors in a layout that are also neighbors in the original space, 0 to 1 (Euclidean in both). */
export function trustworthiness(
  points: Float32Array,
  layout: Float32Array,
  options: TrustworthinessOptions,
): number {
  const { dimensions, layoutDimensions = 2, k = 15, sample = 1000, seed = 0 } = options;
  const n = checkPoints(points, dimensions);
  checkSameLength('layout', checkPoints(layout, layoutDimensions, 'layout'), 'points', n);
  checkInteger('sample', sample, 1);
  checkInteger('k', k, 1, Math.max(1, Math.ceil(n / 2) - 1));
  const rows = permutation(n, seedRandom(seed)).slice(0, sample);
  return trustworthinessOf(points, dimensions, layout, layoutDimensions, n, k, rows);
}

/**
 * Per cluster the mean Jaccard similarity with its best match when `recluster` runs on seeded subsets: 0.75 and more is
 * stable, under 0.5 dissolved; NaN for a cluster that no subset met. A subset's rows keep their order.
 *
 * `recluster` is the clustering that made `labels`, its minimum size scaled by the share, noise −1: for 1,000 rows
 * `(subset) => hdbscan(subset, { dimensions, minClusterSize: Math.max(2, Math.round(0.8 * minClusterSize)) }).labels`, which takes
 * 0.3 s at `rounds: 10` and 256 columns. A clustering by rows that are kept elsewhere takes their numbers for points of one dimension.
 */
export function bootstrapStability(
  points: Float32Array,
  labels: Int32Array,
  options: StabilityOptions,
  recluster: (subset: Float32Array) => Int32Array,
): Float32Array {
  const { dimensions, seed, rounds = 20, share = 0.8, most = 1000 } = options;
  const n = checkPoints(points, dimensions);
  checkSameLength('labels', labels.length, 'points', n);
  checkInteger('rounds', rounds, 1);
  checkNotNegative('share', share);
  const size = Math.min(most, n, Math.max(1, Math.round(share * n)));
  const clusters = labels.reduce((highest, label) => Math.max(highest, label + 1), 0);
  return bootstrapJaccard(points, dimensions, labels, clusters, rounds, size, seed, recluster);
}

/**
 * The leading singular triplets of a sparse matrix (not centered), as for latent semantic analysis; `vectors` are rows × dimensions.
 * Dimensions past the rank, or past either side of the matrix, are zero. Largest entry of each vector of the shorter side positive.
 * Throws `NumericError` on offsets that fall, a column out of range, NaN, a value beyond ±1e15, or wrong lengths.
 */
export function truncatedSvd(matrix: SparseMatrix, options: SvdOptions): SparseSvd {
  return runSvd(matrix, options);
}

/**
 * Principal components of dense points, most variance first; largest entry of each axis positive. Components past the rank are zero.
 * Throws `NumericError` on a ragged length, NaN, infinity or an option out of range.
 */
export function principalComponentAnalysis(
  points: Float32Array,
  options: PcaOptions,
): PrincipalComponents {
  return runPca(points, options);
}

/**
 * Logistic regression with an L2 penalty, by Newton's method; the intercept is not penalized. Rows are row-major, labels 0 or 1.
 * Equal to scikit-learn's with C = 1 / penalty. Throws `NumericError` on wrong lengths, and where all labels are the same.
 */
export function logisticRegression(
  rows: Float64Array,
  isPositive: Uint8Array,
  options: LogisticOptions,
): LogisticFit {
  return fitLogistic(rows, isPositive, options);
}

/**
 * k-means from k-means++ starts (above 20,000 points, from clusterings of a sample), in SIMD with exact bounds that skip distances.
 * Every cluster has a point unless fewer than k are distinct.
 * No points give no labels. Throws `NumericError` on a ragged length, NaN, infinity or an option out of range.
 */
export function kmeans(points: Float32Array, options: KmeansOptions): KmeansResult {
  return finish(runKmeans(points, options), options);
}

/** `kmeans` in bounded steps, for a worker or a screen that shows progress. */
export function kmeansSteps(points: Float32Array, options: KmeansOptions): Steps<KmeansResult> {
  return runKmeans(points, options);
}

/**
 * k-means for each k from `minK` to `maxK`, keeping the k with the highest mean silhouette. Also returns the inertias, for the elbow method.
 * With fewer than minK + 1 points, there is one cluster and no k is tried. Throws `NumericError` like `kmeans`.
 */
export function kmeansBySilhouette(
  points: Float32Array,
  options: SilhouetteOptions,
): KmeansBySilhouette {
  return finish(runKmeansBySilhouette(points, options), options);
}

/** `kmeansBySilhouette` in bounded steps, for a worker or a screen that shows progress. */
export function kmeansBySilhouetteSteps(
  points: Float32Array,
  options: SilhouetteOptions,
): Steps<KmeansBySilhouette> {
  return runKmeansBySilhouette(points, options);
}

/**
 * UMAP: n × components coordinates in which neighbors stay neighbors. The same seed gives the same bytes.
 * One point lies at the origin. Throws `NumericError` on a ragged length, NaN, infinity or an option out of range.
 */
export function umap(points: Float32Array, options: UmapOptions): Float32Array {
  return finish(runUmap(points, options), options);
}

/** `umap` in bounded steps, for a worker or a screen that shows progress. */
export function umapSteps(points: Float32Array, options: UmapOptions): Steps<Float32Array> {
  return runUmap(points, options);
}

/**
 * Places new points on a finished map without moving it: new points × components. Points land near similar points.
 * Throws `NumericError` on a ragged length, NaN, infinity, a map of other points, or a map of none.
 */
export function umapTransform(fresh: Float32Array, options: TransformOptions): Float32Array {
  return finish(runTransform(fresh, options), options);
}

/**
 * Barnes–Hut t-SNE to the plane. The same seed gives the same bytes; one point lies at the origin. `divergence` compares maps of the
 * same points at the same perplexity. Throws `NumericError` on a ragged length, NaN, infinity or an option out of range.
 */
export function tsne(points: Float32Array, options: TsneOptions): TsneResult {
  return finish(runTsne(points, options), options);
}

/** `tsne` in bounded steps, for a worker or a screen that shows progress. */
export function tsneSteps(points: Float32Array, options: TsneOptions): Steps<TsneResult> {
  return runTsne(points, options);
}

/** URL of the module that a worker imports for `kernelPool`; it answers each message with `answer(message)`. */
export function kernelWorkerModule(): URL {
  const file = import.meta.url.endsWith('.ts') ? 'kernel-protocol.ts' : 'kernel-protocol.js';
  return new URL(`../numeric/parallel/${file}`, import.meta.url);
}

/** Workers for the kernels that have an `…OnPool`, started by `spawn` and kept until `close`. Results do not depend on how many. */
export function kernelPool(spawn: () => Thread, size: number): KernelPool {
  checkInteger('size', size, 1, 256);
  return createKernelPool(spawn, size);
}

/** `kmeans`, the same bytes, with its distances divided between workers. Rejects with `worker_failed` when a worker dies. */
export function kmeansOnPool(
  points: Float32Array,
  options: KmeansOptions,
  pool: KernelPool,
): Promise<KmeansResult> {
  return runKmeansOnPool(points, options, pool);
}

/** `nearestNeighbors`, the same bytes, divided between workers. Rejects with `worker_failed` when a worker dies. */
export function nearestNeighborsOnPool(
  points: Float32Array,
  options: NearestOptions,
  pool: KernelPool,
): Promise<NearestGraph> {
  return runNearestNeighborsOnPool(points, options, pool);
}

/** `hdbscan`, the same bytes, with its neighbor search divided between workers. Rejects with `worker_failed` when a worker dies. */
export function hdbscanOnPool(
  points: Float32Array,
  options: HdbscanOptions,
  pool: KernelPool,
): Promise<HdbscanResult> {
  return runHdbscanOnPool(points, options, pool);
}

/** `umap`, the same bytes, with its search and layout divided between workers. Rejects with `worker_failed` when a worker dies. */
export function umapOnPool(
  points: Float32Array,
  options: UmapOptions,
  pool: KernelPool,
): Promise<Float32Array> {
  return runUmapOnPool(points, options, pool);
}

/** `tsne`, the same bytes, with its forces divided between workers. Rejects with `worker_failed` when a worker dies. */
export function tsneOnPool(
  points: Float32Array,
  options: TsneOptions,
  pool: KernelPool,
): Promise<TsneResult> {
  return runTsneOnPool(points, options, pool);
}
