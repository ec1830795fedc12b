/** Groups of equal rows; group g has members[starts[g]] … members[starts[g + 1] − 1], ascending. */
export interface EqualRows {
  readonly count: number;
  readonly groupOf: Int32Array;
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

/** Groups the equal rows of n × dim values, in order of first appearance; 0 and −0 are equal. Cost: one pass, 5 words of memory per row. */
export function equalRows(points: Float32Array, n: number, dim: number): EqualRows {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * n + 2))).fill(-1);
  const bits = new Int32Array(points.buffer, points.byteOffset, n * dim);
  const groupOf = new Int32Array(n);
  const first = new Int32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) {
    let slot = hashRow(bits, row * dim, dim) & (slots.length - 1);
    while (slots[slot]! >= 0 && !areEqual(points, first[slots[slot]!]!, row, dim))
      slot = (slot + 1) & (slots.length - 1);
    if (slots[slot]! < 0) {
      slots[slot] = count;
      first[count++] = row;
    }
    groupOf[row] = slots[slot]!;
  }
  return byGroup(groupOf, count);
}

/** Reorders groups: group g becomes group order[g] of `rows`. */
export function reorderGroups(rows: EqualRows, order: Int32Array): EqualRows {
  const placeOf = new Int32Array(rows.count);
  for (let place = 0; place < order.length; place++) placeOf[order[place]!] = place;
  return byGroup(
    rows.groupOf.map((group) => placeOf[group]!),
    rows.count,
  );
}

function byGroup(groupOf: Int32Array, count: number): EqualRows {
  const starts = new Int32Array(count + 1);
  for (const group of groupOf) starts[group + 1]! += 1;
  for (let group = 0; group < count; group++) starts[group + 1]! += starts[group]!;
  const cursor = starts.slice();
  const members = new Int32Array(groupOf.length);
  for (let row = 0; row < groupOf.length; row++) members[cursor[groupOf[row]!]!++] = row;
  return { count, groupOf, starts, members };
}

const NEGATIVE_ZERO = 0x8000_0000 | 0;

function hashRow(bits: Int32Array, start: number, dim: number): number {
  let hash = 0;
  for (let at = start; at < start + dim; at++) {
    const value = bits[at]!;
    hash = Math.imul(hash ^ (value === NEGATIVE_ZERO ? 0 : value), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function areEqual(points: Float32Array, a: number, b: number, dim: number): boolean {
  for (let p = a * dim, q = b * dim, end = p + dim; p < end; p++, q++)
    if (points[p] !== points[q]) return false;
  return true;
}
