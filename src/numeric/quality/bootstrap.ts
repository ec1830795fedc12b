import { nextBelow, seedRandom } from '../random/random.ts';

/**
 * Mean Jaccard similarity of every cluster to the best cluster found again in seeded subsets of the points
 * (Hennig 2007, subset scheme): 0.75 and more is stable, under 0.5 is dissolved. NaN for a cluster that no subset had points of.
 *
 * Cost: `rounds` runs of `recluster` on `size` points. Same seed, same answer if `recluster` is deterministic.
 */
export function bootstrapJaccard(
  points: Float32Array,
  dim: number,
  labels: Int32Array,
  clusters: number,
  rounds: number,
  size: number,
  seed: number,
  recluster: (subset: Float32Array) => Int32Array,
): Float32Array {
  const sums = new Float64Array(clusters);
  const seen = new Int32Array(clusters);
  for (let round = 0; round < rounds; round++) {
    const rows = subsetOf(labels.length, size, seed, round);
    const subset = new Float32Array(size * dim);
    rows.forEach((row, at) => {
      subset.set(points.subarray(row * dim, (row + 1) * dim), at * dim);
    });
    const before = rows.map((row) => labels[row]!);
    const similarity = bestJaccard(before, recluster(subset), clusters);
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (Number.isNaN(similarity[cluster]!)) continue;
      sums[cluster] = sums[cluster]! + similarity[cluster]!;
      seen[cluster] = seen[cluster]! + 1;
    }
  }
  return Float32Array.from(sums, (sum, cluster) =>
    seen[cluster] === 0 ? Number.NaN : sum / seen[cluster]!,
  );
}

/** For each cluster of `before`, the highest |A ∩ B| / |A ∪ B| with a cluster of `after`; NaN if absent. */
export function bestJaccard(before: Int32Array, after: Int32Array, clusters: number): Float64Array {
  const found = after.reduce((most, label) => Math.max(most, label + 1), 0);
  const beforeSize = new Int32Array(clusters);
  const afterSize = new Int32Array(found);
  const shared = new Map<number, number>();
  for (let i = 0; i < before.length; i++) {
    const a = before[i]!;
    const b = after[i]!;
    if (a >= 0) beforeSize[a] = beforeSize[a]! + 1;
    if (b >= 0) afterSize[b] = afterSize[b]! + 1;
    if (a >= 0 && b >= 0) shared.set(a * found + b, (shared.get(a * found + b) ?? 0) + 1);
  }
  const best = Float64Array.from(beforeSize, (size) => (size === 0 ? Number.NaN : 0));
  for (const [cell, count] of shared) {
    const a = Math.floor(cell / found);
    const union = beforeSize[a]! + afterSize[cell % found]! - count;
    best[a] = Math.max(best[a]!, count / union);
  }
  return best;
}

function subsetOf(n: number, size: number, seed: number, round: number): Int32Array {
  const state = seedRandom(seed, round);
  const pool = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = i + nextBelow(state, n - i);
    const held = pool[i]!;
    pool[i] = pool[j]!;
    pool[j] = held;
  }
  return pool.slice(0, size).sort();
}
