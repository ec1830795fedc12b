import type { SharedCounts } from '../../contract/file-model.ts';

const BITS = 18;
const CELLS = 2 ** BITS;
/** Most cells that a frozen sketch keeps: those with the highest counts. */
const KEPT = 20_000;

/**
 * Counts of things known by a 32-bit hash, in a table of fixed size: the sum of two sketches is the
 * sketch of both inputs, whatever the order. Different things may share a cell, so a count is an upper bound.
 */
export class CountSketch {
  readonly cells = new Uint32Array(CELLS);

  add(hash: number): void {
    const cell = hash >>> (32 - BITS);
    this.cells[cell] = this.cells[cell]! + 1;
  }

  merge(cells: Uint32Array): void {
    for (let cell = 0; cell < CELLS; cell++) this.cells[cell]! += cells[cell]!;
  }

  /** The cells that were counted `least` times or more, with their counts. */
  freeze(least: number): SharedCounts {
    const cells: number[] = [];
    for (let cell = 0; cell < CELLS; cell++) if (this.cells[cell]! >= least) cells.push(cell);
    const kept =
      cells.length <= KEPT
        ? cells
        : cells
            .sort((a, b) => this.cells[b]! - this.cells[a]! || a - b)
            .slice(0, KEPT)
            .sort((a, b) => a - b);
    return { cells: kept, counts: kept.map((cell) => this.cells[cell]!) };
  }
}

/** How often the frozen sketch counted the hash; 0 for what too few traces share. */
export function sketchReader({ cells, counts }: SharedCounts): (hash: number) => number {
  const table = new Uint32Array(CELLS);
  for (const [index, cell] of cells.entries()) table[cell] = counts[index]!;
  return (hash) => table[hash >>> (32 - BITS)]!;
}
