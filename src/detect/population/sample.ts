import { samplingKey } from '../../text/hash.ts';
import { type Lowest, lowest } from './bottom-k.ts';

/** A drawn item and how many of its stratum it stands for. */
interface Drawn<T> {
  readonly item: T;
  readonly weight: number;
}

export interface Sampler<T> {
  /** `make` is called only when the item is kept for now. */
  readonly offer: (id: string, stratum: string, make: () => T) => void;
  readonly seen: () => number;
  /** The sample in the order of its sampling keys; weights of a stratum sum to its size. */
  readonly draw: () => readonly Drawn<T>[];
}

const PER_STRATUM = 8;
const STRATA_LIMIT = 512;
const SPARE = 1.5;

/**
 * Draws a stratified sample of `size` from a stream in bounded memory: proportional to the strata,
 * at least one of each while there is room. Which items are taken depends on the ids and the seed
 * alone, never on their order. Strata past the first 512 in the stream share one.
 */
export function sampler<T>(size: number, seed: number): Sampler<T> {
  const pool = lowest<Kept<T>>(Math.ceil(size * SPARE));
  const strata = new Map<string, Stratum<T>>();
  let seen = 0;

  const stratumOf = (name: string): Stratum<T> => {
    const key = strata.has(name) || strata.size < STRATA_LIMIT ? name : '';
    let stratum = strata.get(key);
    if (stratum === undefined) {
      stratum = { name: key, size: 0, few: lowest(PER_STRATUM) };
      strata.set(key, stratum);
    }
    return stratum;
  };

  return {
    seen: () => seen,
    offer: (id, name, make) => {
      seen += 1;
      const stratum = stratumOf(name);
      stratum.size += 1;
      const key = samplingKey(id, seed);
      let made: Kept<T> | undefined;
      const once = (): Kept<T> => {
        made ??= { id, key, stratum: stratum.name, item: make() };
        return made;
      };
      pool.offer(key, once);
      stratum.few.offer(key, once);
    },
    draw: () => drawFrom(pool, [...strata.values()], size, seen),
  };
}

interface Kept<T> {
  readonly id: string;
  readonly key: number;
  readonly stratum: string;
  readonly item: T;
}

interface Stratum<T> {
  readonly name: string;
  size: number;
  readonly few: Lowest<Kept<T>>;
}

function drawFrom<T>(
  pool: Lowest<Kept<T>>,
  strata: readonly Stratum<T>[],
  size: number,
  seen: number,
): Drawn<T>[] {
  const all = new Set([pool, ...strata.map(({ few }) => few)].flatMap(itemsOf));
  const kept = Map.groupBy([...all].sort(byKey), ({ stratum }) => stratum);

  const quotas = allocate(
    strata.map((stratum) => ({ ...stratum, available: kept.get(stratum.name)!.length })),
    Math.min(size, seen),
  );
  return strata
    .flatMap((stratum) => {
      const quota = quotas.get(stratum.name)!;
      const weight = quota > 0 ? stratum.size / quota : 0;
      return kept
        .get(stratum.name)!
        .slice(0, quota)
        .map((entry) => ({ entry, weight }));
    })
    .sort((a, b) => byKey(a.entry, b.entry))
    .map(({ entry, weight }) => ({ item: entry.item, weight }));
}

const itemsOf = <T>(lowest: Lowest<T>): T[] => lowest.items().map(({ item }) => item);

const byKey = (a: { key: number; id: string }, b: { key: number; id: string }): number =>
  a.key - b.key || (a.id < b.id ? -1 : 1);

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
