/**
 * Products of tall, thin, row-major Float32 blocks (rows × width) with small matrices, in Float64 sums.
 * Four rows are taken at a time: one load and store of the small matrix then serves four products.
 */

/** leftᵀ · right, width × width, for a product known to be symmetric: the lower triangle is computed and mirrored. */
export function innerProducts(
  left: Float32Array,
  right: Float32Array,
  rows: number,
  width: number,
): Float64Array {
  const out = new Float64Array(width * width);
  const padded = rows - (rows % 4);
  for (let row = 0; row < padded; row += 4) {
    const a = row * width;
    const b = a + width;
    const c = b + width;
    const d = c + width;
    for (let i = 0; i < width; i++) {
      const ai = left[a + i]!;
      const bi = left[b + i]!;
      const ci = left[c + i]!;
      const di = left[d + i]!;
      const to = i * width;
      for (let j = 0; j <= i; j++)
        out[to + j]! +=
          ai * right[a + j]! + bi * right[b + j]! + ci * right[c + j]! + di * right[d + j]!;
    }
  }
  for (let row = padded; row < rows; row++) {
    const a = row * width;
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) out[i * width + j]! += left[a + i]! * right[a + j]!;
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) out[j * width + i] = out[i * width + j]!;
  return out;
}

/** block · small (width × outWidth), a fresh rows × outWidth block. */
export function timesSmall(
  block: Float32Array,
  rows: number,
  width: number,
  small: Float64Array,
  outWidth: number,
): Float32Array {
  const out = new Float32Array(rows * outWidth);
  const sums = new Float64Array(outWidth);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    addProduct(block, row * width, width, small, outWidth, sums);
    out.set(sums, row * outWidth);
  }
  return out;
}

/**
 * Makes the columns orthonormal, in place, by Cholesky of the Gram matrix; columns that depend on earlier ones become zero.
 * One pass leaves an error of about condition² · 1e-16; a second pass removes it.
 */
export function orthonormalize(block: Float32Array, rows: number, width: number): void {
  const inverse = invertUpper(cholesky(innerProducts(block, block, rows, width), width), width);
  const sums = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    addProduct(block, row * width, width, inverse, width, sums);
    block.set(sums, row * width);
  }
}

function addProduct(
  block: Float32Array,
  at: number,
  width: number,
  small: Float64Array,
  outWidth: number,
  sums: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < width; i += 4) {
    const p = block[at + i]!;
    const q = block[at + i + 1]!;
    const r = block[at + i + 2]!;
    const s = block[at + i + 3]!;
    const a = i * outWidth;
    const b = a + outWidth;
    const c = b + outWidth;
    const d = c + outWidth;
    for (let j = 0; j < outWidth; j++)
      sums[j]! += p * small[a + j]! + q * small[b + j]! + r * small[c + j]! + s * small[d + j]!;
  }
  for (; i < width; i++)
    for (let j = 0; j < outWidth; j++) sums[j]! += block[at + i]! * small[i * outWidth + j]!;
}

/** Upper R with RᵀR = gram; a pivot lost in rounding is 0, and so is its row. */
function cholesky(gramMatrix: Float64Array, width: number): Float64Array {
  const upper = Float64Array.from(gramMatrix);
  for (let i = 0; i < width; i++) {
    const at = i * width;
    const rest = upper[at + i]!;
    if (rest <= RANK_TOLERANCE * gramMatrix[at + i]! || rest <= 0) {
      upper.fill(0, at + i, at + width);
      continue;
    }
    const pivot = Math.sqrt(rest);
    for (let j = i; j < width; j++) upper[at + j]! /= pivot;
    for (let k = i + 1; k < width; k++) {
      const factor = upper[at + k]!;
      for (let j = k; j < width; j++) upper[k * width + j]! -= factor * upper[at + j]!;
    }
  }
  return upper;
}

/** Inverse of an upper triangle; where a pivot is 0 the column of the inverse is 0 too. */
function invertUpper(upper: Float64Array, width: number): Float64Array {
  const inverse = new Float64Array(width * width);
  for (let row = width - 1; row >= 0; row--) {
    const pivot = upper[row * width + row]!;
    if (pivot === 0) continue;
    const to = row * width;
    inverse[to + row] = 1 / pivot;
    for (let k = row + 1; k < width; k++) {
      const factor = upper[to + k]! / pivot;
      for (let j = k; j < width; j++) inverse[to + j]! -= factor * inverse[k * width + j]!;
    }
  }
  return inverse;
}

/** Squared share of a column left after projection below which it is rounding of Float32 input (2^-24 squared, with a margin). */
const RANK_TOLERANCE = 1e-12;
