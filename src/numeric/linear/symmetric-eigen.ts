/**
 * Eigenvalues (descending) and eigenvectors of a dense symmetric matrix, by Householder reduction to tridiagonal form and
 * implicit QL. Vector j is column j of `vectors`, row-major: `vectors[i * order + j]`; unit length.
 *
 * Cost about 9·order³ flops, order² memory; meant for orders up to some hundred. Deterministic. The input is not changed; only
 * its lower triangle is read. Origin: EISPACK tred2 and tql2 (Bowdler, Martin, Reinsch, Wilkinson 1971). Signs of vectors are
 * whatever the algorithm gives; callers fix them.
 */
export function symmetricEigen(
  matrix: Float64Array,
  order: number,
): { values: Float64Array; vectors: Float64Array } {
  const work = Float64Array.from(matrix);
  for (let row = 0; row < order; row++)
    for (let column = row + 1; column < order; column++)
      work[row * order + column] = work[column * order + row]!;
  const diagonal = new Float64Array(order);
  const offDiagonal = new Float64Array(order);
  if (order > 0) {
    tridiagonalize(work, order, diagonal, offDiagonal);
    diagonalize(work, order, diagonal, offDiagonal);
  }
  return sortDescending(work, diagonal, order);
}

// `v` is column-major from here to the sort: every inner loop then runs along memory.

function tridiagonalize(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  for (let j = 0; j < n; j++) d[j] = v[j * n + n - 1]!;
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
    if (scale === 0) {
      e[i] = d[i - 1]!;
      for (let j = 0; j < i; j++) {
        d[j] = v[j * n + i - 1]!;
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else {
      h = reflect(v, n, d, e, i, scale);
    }
    d[i] = h;
  }
  accumulate(v, n, d);
  e[0] = 0;
}

/** Applies the reflector that clears row i left of its subdiagonal; returns its squared norm. */
function reflect(
  v: Float64Array,
  n: number,
  d: Float64Array,
  e: Float64Array,
  i: number,
  scale: number,
): number {
  let h = 0;
  for (let k = 0; k < i; k++) {
    d[k]! /= scale;
    h += d[k]! * d[k]!;
  }
  const last = d[i - 1]!;
  const g = last > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * g;
  h -= last * g;
  d[i - 1] = last - g;
  for (let j = 0; j < i; j++) e[j] = 0;
  for (let j = 0; j < i; j++) {
    const f = d[j]!;
    v[i * n + j] = f;
    let sum = e[j]! + v[j * n + j]! * f;
    for (let k = j + 1; k < i; k++) {
      sum += v[j * n + k]! * d[k]!;
      e[k]! += v[j * n + k]! * f;
    }
    e[j] = sum;
  }
  let dot = 0;
  for (let j = 0; j < i; j++) {
    e[j]! /= h;
    dot += e[j]! * d[j]!;
  }
  const half = dot / (h + h);
  for (let j = 0; j < i; j++) e[j]! -= half * d[j]!;
  for (let j = 0; j < i; j++) {
    const f = d[j]!;
    const ej = e[j]!;
    for (let k = j; k < i; k++) v[j * n + k]! -= f * e[k]! + ej * d[k]!;
    d[j] = v[j * n + i - 1]!;
    v[j * n + i] = 0;
  }
  return h;
}

function accumulate(v: Float64Array, n: number, d: Float64Array): void {
  for (let i = 0; i < n - 1; i++) {
    v[i * n + n - 1] = v[i * n + i]!;
    v[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[(i + 1) * n + k]! / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[(i + 1) * n + k]! * v[j * n + k]!;
        for (let k = 0; k <= i; k++) v[j * n + k]! -= g * d[k]!;
      }
    }
    for (let k = 0; k <= i; k++) v[(i + 1) * n + k] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[j * n + n - 1]!;
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
}

function diagonalize(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * largest) m++;
    if (m > l) {
      let sweep = 0;
      do {
        shift += deflate(d, e, l, n);
        rotateDown(v, n, d, e, l, m);
        sweep++;
      } while (Math.abs(e[l]!) > Number.EPSILON * largest && sweep < MAX_SWEEPS);
    }
    d[l]! += shift;
    e[l] = 0;
  }
}

/** Takes the Wilkinson shift out of the diagonal from l on; returns it. */
function deflate(d: Float64Array, e: Float64Array, l: number, n: number): number {
  const g = d[l]!;
  const p = (d[l + 1]! - g) / (2 * e[l]!);
  const r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
  d[l] = e[l]! / (p + r);
  d[l + 1] = e[l]! * (p + r);
  const shift = g - d[l]!;
  for (let i = l + 2; i < n; i++) d[i]! -= shift;
  return shift;
}

function rotateDown(
  v: Float64Array,
  n: number,
  d: Float64Array,
  e: Float64Array,
  l: number,
  m: number,
): void {
  const next = d[l + 1]!;
  const nextOff = e[l + 1]!;
  let p = d[m]!;
  let c = 1;
  let c2 = 1;
  let c3 = 1;
  let s = 0;
  let s2 = 0;
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const g = c * e[i]!;
    const h = c * p;
    const r = Math.hypot(p, e[i]!);
    e[i + 1] = s * r;
    s = e[i]! / r;
    c = p / r;
    p = c * d[i]! - s * g;
    d[i + 1] = h + s * (c * g + s * d[i]!);
    const left = i * n;
    for (let k = left; k < left + n; k++) {
      const held = v[k + n]!;
      v[k + n] = s * v[k]! + c * held;
      v[k] = c * v[k]! - s * held;
    }
  }
  p = (-s * s2 * c3 * nextOff * e[l]!) / next;
  e[l] = s * p;
  d[l] = c * p;
}

function sortDescending(
  work: Float64Array,
  diagonal: Float64Array,
  order: number,
): { values: Float64Array; vectors: Float64Array } {
  const rank = Int32Array.from({ length: order }, (_, index) => index).sort(
    (left, right) => diagonal[right]! - diagonal[left]! || left - right,
  );
  const vectors = new Float64Array(order * order);
  for (let row = 0; row < order; row++)
    for (let column = 0; column < order; column++)
      vectors[row * order + column] = work[rank[column]! * order + row]!;
  return { values: Float64Array.from(rank, (index) => diagonal[index]!), vectors };
}

/** EISPACK's own limit; convergence is usually two or three sweeps a value. */
const MAX_SWEEPS = 30;
