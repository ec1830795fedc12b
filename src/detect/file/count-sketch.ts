const BITS = 18;
const CELLS = 2 ** BITS;
/** Most cells that a frozen sketch keeps: those with the highest counts. */
const KEPT = 20_000;

/**
 * Counts of things known by a 32-bit hash, in a table of fixed size: the sum of two sketches is the
 * sketch of both inputs, whatever the order. Different things may share a cell, so a count is an upper bound.
 */
export class CountSketch {
  readonly #cells = new Uint32Array(CELLS);

  add(hash: number): void {
    const cell = hash >>> (32 - BITS);
    this.#cells[cell] = this.#cells[cell]! + 1;
  }

  merge(other: CountSketch): void {
    for (let cell = 0; cell < CELLS; cell++) this.#cells[cell]! += other.#cells[cell]!;
  }

  /** The cells that were counted `least` times or more. */
  freeze(least: number): readonly number[] {
    const cells: number[] = [];
    for (let cell = 0; cell < CELLS; cell++) if (this.#cells[cell]! >= least) cells.push(cell);
    if (cells.length <= KEPT) return cells;
    return cells
      .sort((a, b) => this.#cells[b]! - this.#cells[a]! || a - b)
      .slice(0, KEPT)
      .sort((a, b) => a - b);
  }
}

/** Whether a frozen sketch holds the hash. */
export function sketchReader(cells: readonly number[]): (hash: number) => boolean {
  const bits = new Uint32Array(CELLS / 32);
  for (const cell of cells) bits[cell >>> 5]! |= 1 << (cell & 31);
  return (hash) => {
    const cell = hash >>> (32 - BITS);
    return ((bits[cell >>> 5]! >>> (cell & 31)) & 1) === 1;
  };
}
