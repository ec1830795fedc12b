import { largest } from '../../numeric/statistics/extremes.ts';
import { samplingKey } from '../../text/hash.ts';
import { type BottomK, bottomK, type Keyed, order } from './bottom-k.ts';

/** A drawn item and how many of its stratum it stands for. */
interface Drawn<T> {
  readonly item: T;
  readonly weight: number;
}

export interface Sampler<T> {
  /** `position` tells items of one id apart; `make` is called only when the item is kept for now. */
  readonly offer: (id: string, position: number, stratum: string, make: () => T) => void;
  readonly seen: () => number;
  /** What was kept so far, as structured clone copies it. */
  readonly state: () => SamplerState<T>;
  /** Adds what another sampler of the same size and seed kept. */
  readonly merge: (state: SamplerState<T>) => void;
  /** The sample, lowest key first; weights of a stratum sum to its size. */
  readonly draw: () => readonly Drawn<T>[];
}

export interface SamplerState<T> {
  readonly seen: number;
  readonly limit: number;
  readonly pool: readonly Kept<T>[];
  readonly strata: readonly {
    readonly name: string;
    readonly size: number;
    readonly few: readonly Kept<T>[];
  }[];
}

const PER_STRATUM = 8;
const STRATA_LIMIT = 512;
const SPARE = 1.5;
/** Shared by the strata that have none of their own. */
const OTHERS = '';

/**
 * Draws a stratified sample of `size` from a stream in bounded memory: proportional to the strata,
 * at least one of each while there is room. Which items are taken depends on ids, positions and seed
 * alone, never on their order or on how many samplers shared the stream. Of more than 512 strata, those
 * whose names hash lowest are kept; the rest share one.
 */
export function sampler<T>(size: number, seed: number): Sampler<T> {
  const pool = bottomK<Kept<T>>(Math.ceil(size * SPARE));
  const strata = new Map<string, Stratum<T>>();
  let limit = 1;
  let seen = 0;

  const stratumOf = (name: string): Stratum<T> => {
    const known = strata.get(name);
    if (known !== undefined) return known;
    const hash = name === OTHERS ? -1 : samplingKey(name, 0);
    if (hash >= limit) return stratumOf(OTHERS);
    const fresh: Stratum<T> = { name, hash, size: 0, few: bottomK(PER_STRATUM) };
    strata.set(name, fresh);
    const own = strata.size - Number(strata.has(OTHERS));
    if (own > STRATA_LIMIT) giveUpFrom(largest(strata.values().map(hashOf)));
    return strata.get(name) ?? stratumOf(OTHERS);
  };
  const giveUpFrom = (hash: number): void => {
    limit = Math.min(limit, hash);
    for (const stratum of [...strata.values()].filter((each) => each.hash >= limit)) {
      strata.delete(stratum.name);
      const others = stratumOf(OTHERS);
      others.size += stratum.size;
      for (const kept of stratum.few.items()) others.few.offer(kept, () => kept);
    }
  };

  return {
    seen: () => seen,
    offer: (id, position, name, make) => {
      seen += 1;
      const stratum = stratumOf(name);
      stratum.size += 1;
      const at = { key: samplingKey(id, seed), position };
      if (!pool.takes(at) && !stratum.few.takes(at)) return;
      let made: Kept<T> | undefined;
      const once = (): Kept<T> => {
        made ??= { ...at, stratum: name, item: make() };
        return made;
      };
      pool.offer(at, once);
      stratum.few.offer(at, once);
    },
    state: () => ({
      seen,
      limit,
      pool: pool.items(),
      strata: Array.from(strata.values(), (each) => ({
        name: each.name,
        size: each.size,
        few: each.few.items(),
      })),
    }),
    merge: (other) => {
      seen += other.seen;
      giveUpFrom(other.limit);
      for (const kept of other.pool) pool.offer(kept, () => kept);
      for (const each of other.strata) {
        const stratum = stratumOf(each.name);
        stratum.size += each.size;
        for (const kept of each.few) stratum.few.offer(kept, () => kept);
      }
    },
    draw: () => drawFrom(pool, strata, size, seen),
  };
}

interface Kept<T> extends Keyed {
  readonly stratum: string;
  readonly item: T;
}

interface Stratum<T> {
  readonly name: string;
  readonly hash: number;
  size: number;
  readonly few: BottomK<Kept<T>>;
}

const hashOf = ({ hash }: { readonly hash: number }): number => hash;

function drawFrom<T>(
  pool: BottomK<Kept<T>>,
  strata: ReadonlyMap<string, Stratum<T>>,
  size: number,
  seen: number,
): Drawn<T>[] {
  const all = new Set(
    [pool, ...Array.from(strata.values(), ({ few }) => few)].flatMap((each) => each.items()),
  );
  const kept = Map.groupBy([...all].sort(order), ({ stratum }) =>
    strata.has(stratum) ? stratum : OTHERS,
  );
  const quotas = allocate(
    Array.from(strata.values(), (stratum) => ({
      name: stratum.name,
      size: stratum.size,
      available: kept.get(stratum.name)!.length,
    })),
    Math.min(size, seen),
  );
  return [...kept]
    .flatMap(([name, items]) => {
      const quota = quotas.get(name)!;
      const weight = quota > 0 ? strata.get(name)!.size / quota : 0;
      return items.slice(0, quota).map((entry) => ({ entry, weight }));
    })
    .sort((a, b) => order(a.entry, b.entry))
    .map(({ entry, weight }) => ({ item: entry.item, weight }));
}

/** Largest remainder over the strata, one for each first, never more than is at hand. */
function allocate(
  strata: readonly { readonly name: string; readonly size: number; readonly available: number }[],
  size: number,
): Map<string, number> {
  const ordered = strata.toSorted((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const total = ordered.reduce((sum, stratum) => sum + stratum.size, 0);
  const quotas = new Map(ordered.map(({ name }) => [name, 0]));
  let left = size;
  for (const { name, available } of ordered) {
    if (left === 0) break;
    if (available === 0) continue;
    quotas.set(name, 1);
    left -= 1;
  }
  const wanted = ordered.map((stratum) => ({
    ...stratum,
    ideal: (stratum.size / total) * size,
  }));
  for (const { name, ideal, available } of wanted) {
    const more = Math.min(Math.floor(ideal), available) - quotas.get(name)!;
    if (more <= 0 || left <= 0) continue;
    const taken = Math.min(more, left);
    quotas.set(name, quotas.get(name)! + taken);
    left -= taken;
  }
  for (const { name, available } of wanted.toSorted(
    (a, b) => fraction(b.ideal) - fraction(a.ideal),
  )) {
    if (left <= 0) break;
    if (quotas.get(name)! >= available) continue;
    quotas.set(name, quotas.get(name)! + 1);
    left -= 1;
  }
  for (const { name, available } of wanted) {
    const taken = Math.min(available - quotas.get(name)!, left);
    quotas.set(name, quotas.get(name)! + taken);
    left -= taken;
  }
  return quotas;
}

const fraction = (value: number): number => value - Math.floor(value);
