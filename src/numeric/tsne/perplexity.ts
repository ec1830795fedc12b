/**
 * Conditional probabilities pⱼ|ᵢ ∝ exp(−β d²) whose entropy is ln(perplexity), β solved per row by bisection to 1e-5 (100 halvings).
 *
 * Shapes: distances n × k row-major, the point itself not counted; result n × k, rows sum to 1, fresh. A row of equal distances is
 * uniform. Cost n · k · ~30 exponentials. Deterministic. Precondition: 1 ≤ perplexity ≤ k (the entropy of k equal parts).
 * Origin: van der Maaten and Hinton 2008; scikit-learn 1.9 `_binary_search_perplexity`. Deviation: doubles, where that uses
 * float32 input. Tolerance in tests: 1e-5 on the entropy, 1e-4 on the values.
 */
export function perplexityRows(
  distances: Float32Array,
  n: number,
  k: number,
  perplexity: number,
): Float32Array {
  const out = new Float32Array(n * k);
  const row = new Float64Array(k);
  const target = Math.log(perplexity);
  for (let point = 0; point < n; point++) {
    const from = point * k;
    const nearest = distances[from]! ** 2;
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let beta = 1;
    for (let halving = 0; halving < 100; halving++) {
      const entropy = fillRow(distances, from, k, nearest, beta, row);
      if (Math.abs(entropy - target) <= TOLERANCE) break;
      if (entropy > target) {
        low = beta;
        beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (beta + high) / 2;
      } else {
        high = beta;
        beta = (beta + low) / 2;
      }
    }
    out.set(row, from);
  }
  return out;
}

/** Probabilities at this β, and their entropy in nats; squares count from the nearest, which cancels but keeps sums above 0. */
function fillRow(
  distances: Float32Array,
  from: number,
  k: number,
  nearest: number,
  beta: number,
  row: Float64Array,
): number {
  let sum = 0;
  let weighted = 0;
  for (let at = 0; at < k; at++) {
    const beyond = distances[from + at]! ** 2 - nearest;
    const value = Math.exp(-beta * beyond);
    row[at] = value;
    sum += value;
    weighted += beyond * value;
  }
  for (let at = 0; at < k; at++) row[at]! /= sum;
  return Math.log(sum) + (beta * weighted) / sum;
}

const TOLERANCE = 1e-5;
