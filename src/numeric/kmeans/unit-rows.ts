/** Scales each row to length 1 in place and returns the array; zero rows stay zero. */
export function toUnitRows(rows: Float32Array, count: number, dim: number): Float32Array {
  for (let row = 0; row < count; row++) {
    let squared = 0;
    for (let at = row * dim; at < (row + 1) * dim; at++) squared += rows[at]! * rows[at]!;
    if (squared === 0) continue;
    const scale = 1 / Math.sqrt(squared);
    for (let at = row * dim; at < (row + 1) * dim; at++) rows[at]! *= scale;
  }
  return rows;
}
