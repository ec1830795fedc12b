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
  /** Empty until something is counted. */
  #cells = new Uint32Array(0);
  /** The round in which each cell was counted last. */
  #rounds = new Uint32Array(0);
  #round = 0;

  get cells(): Uint32Array {
    return this.#cells;
  }

  /** What is added until the next round counts once. */
  nextRound(): void {
    this.#round++;
  }

  add(hash: number): void {
    if (this.#cells.length === 0) this.#begin();
    const cell = hash >>> (32 - BITS);
    if (this.#rounds[cell] === this.#round) return;
    this.#rounds[cell] = this.#round;
    this.#cells[cell] = this.#cells[cell]! + 1;
  }

  merge(cells: Uint32Array): void {
    if (cells.length === 0) return;
    if (this.#cells.length === 0) this.#begin();
    for (let cell = 0; cell < CELLS; cell++) this.#cells[cell]! += cells[cell]!;
  }

  #begin(): void {
    this.#cells = new Uint32Array(CELLS);
    this.#rounds = new Uint32Array(CELLS);
  }

  /** The cells that were counted `least` times or more, with their counts, as text of a few kilobytes. */
  freeze(least: number): string {
    const cells: number[] = [];
    for (let cell = 0; cell < CELLS; cell++) if ((this.cells[cell] ?? 0) >= least) cells.push(cell);
    const kept =
      cells.length <= KEPT
        ? cells
        : cells
            .sort((a, b) => this.cells[b]! - this.cells[a]! || a - b)
            .slice(0, KEPT)
            .sort((a, b) => a - b);
    const numbers = kept.flatMap((cell, index) => [
      cell - (kept[index - 1] ?? 0),
      this.cells[cell]!,
    ]);
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
