/**
 * Σ (aᵢ − bᵢ)² in float32, `dim` a multiple of 4: the operations of a WebAssembly SIMD loop in their order, so that both give the same bits.
 * Four lanes, each rounded after every operation; then (first + second) + (third + fourth).
 */
export function floatSquaredEuclidean(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  dim: number,
): number {
  const { fround } = Math;
  const end = (i + 1) * dim;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let p = i * dim, q = j * dim; p < end; p += 4, q += 4) {
    const d0 = fround(a[p]! - b[q]!);
    const d1 = fround(a[p + 1]! - b[q + 1]!);
    const d2 = fround(a[p + 2]! - b[q + 2]!);
    const d3 = fround(a[p + 3]! - b[q + 3]!);
    s0 = fround(s0 + fround(d0 * d0));
    s1 = fround(s1 + fround(d1 * d1));
    s2 = fround(s2 + fround(d2 * d2));
    s3 = fround(s3 + fround(d3 * d3));
  }
  return fround(fround(s0 + s1) + fround(s2 + s3));
}
