import { packNumbers, unpackNumbers } from '../../text/packed-numbers.ts';

const BITS = 18;
const CELLS = 2 ** BITS;
/** Most cells that a frozen sketch keeps: those with the highest counts. */
const KEPT = 20_000;

/**
 * Counts of things known by a 32-bit hash, in a table of fixed size: the sum of two sketches is the
 * sketch of both inputs, whatever the order. Different things may share a cell, so a count is an upper bound.
 */
export class CountSketch {
  /** Count of each cell, and the round in which it was counted last, side by side. Empty until something is counted. */
  #cells = new Uint32Array(0);
  #round = 0;

  /** The counts alone; empty when nothing was counted. */
  get cells(): Uint32Array {
    return this.#cells.filter((_, at) => at % 2 === 0);
  }

  /** What is added until the next round counts once. */
  nextRound(): void {
    this.#round++;
  }

  add(hash: number): void {
    if (this.#cells.length === 0) this.#begin();
    const at = (hash >>> (32 - BITS)) * 2;
    if (this.#cells[at + 1] === this.#round) return;
    this.#cells[at + 1] = this.#round;
    this.#cells[at] = this.#cells[at]! + 1;
  }

  merge(cells: Uint32Array): void {
    if (cells.length === 0) return;
    if (this.#cells.length === 0) this.#begin();
    for (let cell = 0; cell < CELLS; cell++) this.#cells[2 * cell]! += cells[cell]!;
  }

  #begin(): void {
    this.#cells = new Uint32Array(2 * CELLS);
  }

  /** The cells that were counted `least` times or more, with their counts, as text of a few kilobytes. */
  freeze(least: number): string {
    const counts = this.cells;
    const cells: number[] = [];
    for (let cell = 0; cell < CELLS; cell++) if ((counts[cell] ?? 0) >= least) cells.push(cell);
    const kept =
      cells.length <= KEPT
        ? cells
        : cells
            .sort((a, b) => counts[b]! - counts[a]! || a - b)
            .slice(0, KEPT)
            .sort((a, b) => a - b);
    const numbers = kept.flatMap((cell, index) => [cell - (kept[index - 1] ?? 0), counts[cell]!]);
    return packNumbers(numbers);
  }
}

/** How often the frozen sketch counted the hash; 0 for what too few traces share. */
export function sketchReader(frozen: string): (hash: number) => number {
  const table = new Uint32Array(CELLS);
  const numbers = unpackNumbers(frozen);
  let cell = 0;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    cell += numbers[at]!;
    if (cell < CELLS) table[cell] = numbers[at + 1]!;
  }
  return (hash) => table[hash >>> (32 - BITS)]!;
}
