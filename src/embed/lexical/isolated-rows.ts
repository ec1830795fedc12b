import type { Counts } from './features.ts';

/**
 * Gives each text that shares no feature with any other (its row is still 0) a direction of its own,
 * derived from the hash of its features, so that equal texts stay equal and an empty text stays 0.
 */
export function fillIsolatedRows(vectors: Float32Array, dimensions: number, counts: Counts): void {
  for (let row = 0; row < counts.rows; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const buckets = counts.buckets.subarray(counts.offsets[row], counts.offsets[row + 1]);
    if (buckets.length === 0 || vector.some((value) => value !== 0)) continue;
    let state = 0;
    for (const bucket of buckets) state = Math.imul(state ^ bucket, 0x01000193) + 1;
    const scale = 1 / Math.sqrt(dimensions);
    for (let j = 0; j < dimensions; j++) {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      vector[j] = (state ^ (state >>> 16)) & 1 ? scale : -scale;
    }
  }
}
