import { hashText, mix } from '../facts/template.ts';

/**
 * A map by name that holds `most` names: those of the lowest hash. Which ones depends on the set of names
 * alone, not on their order, and what is kept for a name that stays is exact, since one that was dropped never returns.
 */
export class KeptNames<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;
  #limit = 2 ** 32;

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a name, made where it is new; undefined for a name that is not kept. */
  of(name: string, make: () => Value): Value | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    if (lotOf(name) >= this.#limit) return undefined;
    const value = make();
    this.#values.set(name, value);
    if (this.#values.size > this.#most * 2) this.#prune();
    return this.#values.has(name) ? value : undefined;
  }

  /** By name, ascending. */
  entries(): readonly (readonly [string, Value])[] {
    if (this.#values.size > this.#most) this.#prune();
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #prune(): void {
    const lots = [...this.#values.keys()].map(lotOf).sort((a, b) => a - b);
    this.#limit = Math.min(this.#limit, lots[this.#most] ?? this.#limit);
    for (const name of this.#values.keys()) {
      if (lotOf(name) >= this.#limit) this.#values.delete(name);
    }
  }
}

const lotOf = (name: string): number => mix(hashText(name, 0x811c9dc5)) >>> 0;
