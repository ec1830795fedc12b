import { runHere } from '../parallel/parallel-steps.ts';
import { permutation, seedRandom } from '../random/random.ts';
import { type Steps, within } from '../steps.ts';
import { forEachPair } from '../wasm/for-each-pair.ts';
import { type KmeansPlan, type KmeansResult, kmeansSteps } from './kmeans-steps.ts';

export interface TriedK {
  readonly k: number;
  /** Mean silhouette, −1 to 1, of the sample. */
  readonly silhouette: number;
  /** Falls with k; the elbow of this curve is the other way to choose. */
  readonly inertia: number;
}

export interface KmeansBySilhouette extends KmeansResult {
  readonly k: number;
  /** One entry for each k tried, ascending. */
  readonly silhouettes: readonly TriedK[];
}

/**
 * k-means for every k of a range; the k with the highest mean silhouette wins, the least of equals.
 *
 * Distances of `sampleSize` points (all, when fewer) are computed once, m² / 2 of them and m² floats, and serve every k.
 * Deterministic for a seed. Preconditions: 2 ≤ minK ≤ maxK < n. Origin: Rousseeuw 1987, scikit-learn 1.9 `silhouette_score`.
 */
export function* kmeansBySilhouetteSteps(
  points: Float32Array,
  n: number,
  dim: number,
  plan: Omit<KmeansPlan, 'k' | 'initial'>,
  minK: number,
  maxK: number,
  sampleSize: number,
): Steps<KmeansBySilhouette> {
  const sample = permutation(n, seedRandom(plan.seed, SAMPLE_STREAM)).subarray(0, sampleSize);
  const distances = pairDistances(points, dim, sample);
  const silhouettes: TriedK[] = [];
  let best: KmeansBySilhouette | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = minK; k <= maxK; k++) {
    const share = (tried: number) => (tried - minK) / (maxK - minK + 1);
    const steps = kmeansSteps(points, n, dim, { ...plan, k, initial: undefined });
    const result = yield* within(share(k), share(k + 1), runHere(steps));
    const silhouette = meanSilhouette(distances, sample, result.labels, k);
    silhouettes.push({ k, silhouette, inertia: result.inertia });
    if (silhouette <= highest) continue;
    highest = silhouette;
    best = { ...result, k, silhouettes };
  }
  return best!;
}

function pairDistances(points: Float32Array, dim: number, sample: Int32Array): Float32Array {
  const size = sample.length;
  const distances = new Float32Array(size * size);
  forEachPair(points, dim, sample, (i, j, squared) => {
    const distance = Math.sqrt(squared);
    distances[i * size + j] = distance;
    distances[j * size + i] = distance;
  });
  return distances;
}

function meanSilhouette(
  distances: Float32Array,
  sample: Int32Array,
  labels: Int32Array,
  k: number,
): number {
  const size = sample.length;
  const members = new Int32Array(k);
  for (const point of sample) members[labels[point]!]! += 1;
  const sums = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < size; i++) {
    const own = labels[sample[i]!]!;
    if (members[own]! < 2) continue;
    sums.fill(0);
    for (let j = 0; j < size; j++) sums[labels[sample[j]!]!]! += distances[i * size + j]!;
    const within = sums[own]! / (members[own]! - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < k; other++)
      if (other !== own && members[other]! > 0)
        nearest = Math.min(nearest, sums[other]! / members[other]!);
    const larger = Math.max(within, nearest);
    if (nearest !== Number.POSITIVE_INFINITY && larger > 0) total += (nearest - within) / larger;
  }
  return total / size;
}

const SAMPLE_STREAM = 0x51;
