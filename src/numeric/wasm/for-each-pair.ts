import { createDistanceBlock } from './distance-block.ts';

const BLOCK = 64;

/** Visits every pair i < j of the listed rows once with their squared distance in float32. */
export function forEachPair(
  points: Float32Array,
  dim: number,
  rows: Int32Array,
  visit: (i: number, j: number, squared: number) => void,
): void {
  const count = rows.length;
  const gathered = new Float32Array(count * dim);
  rows.forEach((row, at) => {
    gathered.set(points.subarray(row * dim, (row + 1) * dim), at * dim);
  });
  const block = createDistanceBlock(gathered, count, dim, BLOCK);
  for (let top = 0; top < count; top += BLOCK)
    for (let left = top; left < count; left += BLOCK) {
      const na = Math.min(BLOCK, count - top);
      const nb = Math.min(BLOCK, count - left);
      for (let i = 0; i < na; i++) block.a[i] = top + i;
      for (let j = 0; j < nb; j++) block.b[j] = left + j;
      const width = block.block(na, nb, top === left);
      for (let i = 0; i < na; i++)
        for (let j = top === left ? i + 1 : 0; j < nb; j++)
          visit(top + i, left + j, block.out[i * width + j]!);
    }
}
