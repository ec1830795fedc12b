/** From whole numbers of 53 bits, at least 0, to 32-bit numbers: 12 bytes a slot, where a `Map` takes five times that. */
export class NumberTable {
  /** Each key plus 1, or 0 for an empty slot; a power of two. */
  #keys = new Float64Array(1024);
  #values = new Int32Array(1024);
  #size = 0;

  get(key: number): number | undefined {
    const slot = this.#slotOf(key);
    return this.#keys[slot] === 0 ? undefined : this.#values[slot];
  }

  set(key: number, value: number): void {
    let slot = this.#slotOf(key);
    if (this.#keys[slot] === 0) {
      if (++this.#size > MOST_FULL * this.#keys.length) {
        this.#grow();
        slot = this.#slotOf(key);
      }
      this.#keys[slot] = key + 1;
    }
    this.#values[slot] = value;
  }

  /** Where the key is, or the empty slot where it would be. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (Math.imul(key % 2 ** 32, SPREAD) ^ (key / 2 ** 21)) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key + 1) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(2 * keys.length);
    this.#values = new Int32Array(2 * keys.length);
    for (let at = 0; at < keys.length; at++) {
      if (keys[at] === 0) continue;
      const slot = this.#slotOf((keys[at] as number) - 1);
      this.#keys[slot] = keys[at] as number;
      this.#values[slot] = values[at] as number;
    }
  }
}

const MOST_FULL = 0.7;
const SPREAD = 0x9e3779b1;
