/**
 * Streaming quantiles of positive values in bounded memory: a histogram over logarithmic buckets, each
 * 2% wide, so that a reported value is within 1% of a true one (DDSketch: Masson, Rim, Lee, VLDB 2019).
 * Order does not matter and sketches add up. Values at or below 0 share one bucket.
 */
export interface QuantileSketch {
  /** Bucket index to count; index i covers (γ^(i−1), γ^i]. */
  readonly buckets: Map<number, number>;
  /** Values at or below `LEAST`. */
  zeros: number;
  count: number;
}

export const createSketch = (): QuantileSketch => ({ buckets: new Map(), zeros: 0, count: 0 });

/** Adds a value, if it is finite. */
export function addValue(sketch: QuantileSketch, value: number): void {
  if (!Number.isFinite(value)) return;
  sketch.count++;
  if (value <= LEAST) {
    sketch.zeros++;
    return;
  }
  const bucket = bucketOf(value);
  sketch.buckets.set(bucket, (sketch.buckets.get(bucket) ?? 0) + 1);
}

/** Adds all of `from` to `into`. */
export function mergeSketch(into: QuantileSketch, from: QuantileSketch): void {
  into.count += from.count;
  into.zeros += from.zeros;
  for (const [bucket, count] of from.buckets) {
    into.buckets.set(bucket, (into.buckets.get(bucket) ?? 0) + count);
  }
}

/** A sketch prepared for queries; it does not see later additions. */
export interface Distribution {
  readonly count: number;
  /** Value at quantile q (nearest rank), within 1%; NaN when empty. */
  quantile(q: number): number;
  /**
   * Values above it are outliers: among the highest `share` of all, and with a robust z above `z`. Both
   * grow with the value, so one number decides. Null when no value can be an outlier: all are the same,
   * or half are 0.
   * The robust z of ln(value) is (ln value − median) ÷ s, with s = 1.4826 × the median absolute deviation of
   * the logarithms, or where that is 0, their interquartile range ÷ 1.349, or where that too is 0,
   * 1.2533 × their mean absolute deviation.
   */
  cutoff(share: number, z: number): number | null;
}

export function distribution(sketch: QuantileSketch): Distribution {
  const indices = Int32Array.from(sketch.buckets.keys()).sort();
  const counts = Float64Array.from(indices, (index) => sketch.buckets.get(index) ?? 0);
  const { count, zeros } = sketch;
  /** Bucket of the nearest rank; −∞ for the zeros. */
  const bucketAt = (q: number): number => {
    const rank = Math.max(1, Math.ceil(q * count));
    let seen = zeros;
    if (rank <= seen) return Number.NEGATIVE_INFINITY;
    for (const [at, index] of indices.entries()) {
      seen += counts[at] ?? 0;
      if (seen >= rank) return index;
    }
    return Number.NaN;
  };
  const median = bucketAt(0.5);
  const spread = Number.isFinite(median) ? spreadOf(indices, counts, zeros, median, bucketAt) : 0;
  return {
    count,
    quantile(q) {
      const bucket = count === 0 ? Number.NaN : bucketAt(q);
      return bucket === Number.NEGATIVE_INFINITY ? 0 : middleOf(bucket);
    },
    cutoff(share, z) {
      if (spread === 0) return null;
      let bucket = Math.floor(median + z * spread);
      while ((bucket - median) / spread <= z) bucket++;
      let above = 0;
      for (let at = indices.length - 1; at >= 0; at--) {
        above += counts[at] ?? 0;
        if (above <= share * count) continue;
        bucket = Math.max(bucket, (indices[at] ?? 0) + 1);
        break;
      }
      return GAMMA ** (bucket - 1);
    },
  };
}

/** Robust standard deviation in buckets, which are equal steps of the logarithm; zeros are infinitely far. */
function spreadOf(
  indices: Int32Array,
  counts: Float64Array,
  zeros: number,
  median: number,
  bucketAt: (q: number) => number,
): number {
  const distances = Array.from(indices, (index, at): readonly [number, number] => [
    Math.abs(index - median),
    counts[at] ?? 0,
  ]).sort((a, b) => a[0] - b[0]);
  const total = distances.reduce((sum, [, weight]) => sum + weight, zeros);
  let seen = 0;
  for (const [distance, weight] of distances) {
    seen += weight;
    if (seen * 2 < total) continue;
    if (distance > 0) return 1.4826 * distance;
    break;
  }
  const range = bucketAt(0.75) - bucketAt(0.25);
  if (Number.isFinite(range) && range > 0) return range / 1.349;
  const mean = distances.reduce((sum, [distance, weight]) => sum + distance * weight, 0) / total;
  return 1.2533 * mean;
}

const ACCURACY = 0.01;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** Bounds memory: at most 2,763 buckets between these. */
const LEAST = 1e-9;
const MOST = 1e15;

const bucketOf = (value: number): number => Math.ceil(Math.log(Math.min(value, MOST)) / LOG_GAMMA);
/** The value within 1% of everything in the bucket. */
const middleOf = (bucket: number): number => (2 * GAMMA ** bucket) / (GAMMA + 1);
