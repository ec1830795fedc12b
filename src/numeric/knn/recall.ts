/** Share of the true neighbors that were found, over rows of `k`, regardless of order. */
export function recallOf(found: Int32Array, exact: Int32Array, k: number): number {
  if (exact.length === 0) return 1;
  let hits = 0;
  for (let start = 0; start < exact.length; start += k) {
    const row = new Set(exact.subarray(start, start + k));
    for (let i = start; i < start + k; i++) if (row.has(found[i]!)) hits++;
  }
  return hits / exact.length;
}
