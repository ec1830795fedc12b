export interface Smoothing {
  /** Per point: scale of the exponential, solved so that the memberships sum to log2(neighbors). */
  readonly sigmas: Float32Array;
  /** Per point: distance to the nearest neighbor that does not coincide with it; 0 if all do. */
  readonly rhos: Float32Array;
}

/**
 * Solves Σⱼ exp(−max(dⱼ − ρ, 0) / σ) = log2(k + 1) for σ in each row by bisection, to 1e-5 or 64 halvings.
 *
 * Shapes: distances n × k row-major, ascending, the point itself not counted (umap-learn counts it: its n_neighbors is k + 1).
 * `connectivity` 1 takes ρ from the row, 0 sets ρ = 0 (used for new points). Cost n · k · ~25 exponentials. Deterministic.
 * Origin: McInnes, Healy, Melville 2018; umap-learn 0.5 `smooth_knn_dist`, with the same floor of 1e-3 of the mean distance under σ.
 * Tolerance in tests: 1e-4 relative.
 */
export function smoothDistances(
  distances: Float32Array,
  n: number,
  k: number,
  connectivity: 0 | 1 = 1,
): Smoothing {
  const sigmas = new Float32Array(n);
  const rhos = new Float32Array(n);
  const target = Math.log2(k + 1);
  const meanOfAll = mean(distances, 0, n * k) * (k / (k + 1));
  for (let row = 0; row < n; row++) {
    const from = row * k;
    const rho = connectivity === 0 ? 0 : firstPositive(distances, from, from + k);
    const scale = rho > 0 ? mean(distances, from, from + k) * (k / (k + 1)) : meanOfAll;
    rhos[row] = rho;
    sigmas[row] = Math.max(solveSigma(distances, from, from + k, rho, target), SIGMA_FLOOR * scale);
  }
  return { sigmas, rhos };
}

function solveSigma(
  distances: Float32Array,
  from: number,
  to: number,
  rho: number,
  target: number,
): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let sigma = 1;
  for (let halving = 0; halving < 64; halving++) {
    let sum = 0;
    for (let at = from; at < to; at++) {
      const beyond = distances[at]! - rho;
      sum += beyond > 0 ? Math.exp(-beyond / sigma) : 1;
    }
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) {
      high = sigma;
      sigma = (low + high) / 2;
    } else {
      low = sigma;
      sigma = high === Number.POSITIVE_INFINITY ? sigma * 2 : (low + high) / 2;
    }
  }
  return sigma;
}

function firstPositive(distances: Float32Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (distances[at]! > 0) return distances[at]!;
  return 0;
}

function mean(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  return to > from ? sum / (to - from) : 0;
}

const SIGMA_FLOOR = 1e-3;
