/** A set of rows, one bit each. */
export type Bits = Uint32Array;

export const bitsFor = (rows: number): Bits => new Uint32Array((rows + 31) >>> 5);

export function setBit(bits: Bits, row: number): void {
  bits[row >>> 5]! |= 1 << (row & 31);
}

export const hasBit = (bits: Bits, row: number): boolean =>
  ((bits[row >>> 5]! >>> (row & 31)) & 1) === 1;

export function count(bits: Bits): number {
  let sum = 0;
  for (let at = 0; at < bits.length; at++) sum += ones(bits[at]!);
  return sum;
}

/** Rows in both sets. */
export function countBoth(a: Bits, b: Bits): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const word = a[at]! & b[at]!;
    if (word !== 0) sum += ones(word);
  }
  return sum;
}

/** Rows in all three sets. */
export function countAll(a: Bits, b: Bits, c: Bits): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const word = a[at]! & b[at]! & c[at]!;
    if (word !== 0) sum += ones(word);
  }
  return sum;
}

export function both(a: Bits, b: Bits): Bits {
  const bits = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at++) bits[at] = a[at]! & b[at]!;
  return bits;
}

/** Removes the rows of `out` from `bits`. */
export function remove(bits: Bits, out: Bits): void {
  for (let at = 0; at < bits.length; at++) bits[at]! &= ~out[at]!;
}

export function rowsIn(bits: Bits): readonly number[] {
  const rows: number[] = [];
  for (let at = 0; at < bits.length; at++) {
    let word = bits[at]!;
    while (word !== 0) {
      const bit = 31 - Math.clz32(word & -word);
      rows.push(at * 32 + bit);
      word &= word - 1;
    }
  }
  return rows;
}

export function bitsOf(rows: Iterable<number>, size: number): Bits {
  const bits = bitsFor(size);
  for (const row of rows) setBit(bits, row);
  return bits;
}

function ones(word: number): number {
  let value = word - ((word >>> 1) & 0x55555555);
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333);
  return Math.imul((value + (value >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
