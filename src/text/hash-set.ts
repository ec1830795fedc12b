/** A fixed set of 32-bit hashes. Unlike in a `Set`, a hash is no object there. */
export class HashSet {
  /** Slots with a hash each, or empty; a power of two, half of them empty at least. */
  readonly #slots: Int32Array;
  readonly #taken: Uint8Array;
  readonly #mask: number;

  constructor(hashes: ArrayLike<number>) {
    let size = 4;
    while (size < 2 * hashes.length) size *= 2;
    this.#slots = new Int32Array(size);
    this.#taken = new Uint8Array(size);
    this.#mask = size - 1;
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at]!;
      const slot = this.#slotOf(hash | 0);
      this.#slots[slot] = hash | 0;
      this.#taken[slot] = 1;
    }
  }

  has(hash: number): boolean {
    return this.#taken[this.#slotOf(hash | 0)] === 1;
  }

  /** Where the hash is, or the empty slot where it would be. */
  #slotOf(hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    while (this.#taken[slot] === 1 && this.#slots[slot] !== hash) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
