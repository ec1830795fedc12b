import { samplingKey } from '../../text/hash.ts';

export type KeptState<Value> = ReadonlyMap<string, Value>;

/**
 * A map by name that holds `most` names: those of the lowest hash. Which ones depends on the set of names
 * alone, not on their order, and what is kept for a name that stays is exact, since one that was dropped never returns.
 */
export class KeptNames<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;
  #limit = 1;

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

  state(): KeptState<Value> {
    return new Map(this.entries());
  }

  /** Adds the values of another map; `combine` adds the second to the first. */
  merge(
    state: KeptState<Value>,
    make: () => Value,
    combine: (own: Value, other: Value) => void,
  ): void {
    for (const [name, value] of state) {
      const own = this.of(name, make);
      if (own !== undefined) combine(own, value);
    }
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

const lotOf = (name: string): number => samplingKey(name, 0);
