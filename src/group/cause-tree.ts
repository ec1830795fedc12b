import type { Granularity } from '../contract/grouping.ts';

/** Where the tree of causes is cut. */
interface Cut {
  /** Parts of the key: groups are never coarser than this while they are large enough. */
  readonly coarsest: 1 | 2;
  /** What a more specific part must hold, and leave behind, to be split off. */
  readonly share: number;
  readonly fewest: number;
}

/** Each cut lies below the one before, so that groups are nested. */
const CUTS: Readonly<Record<Granularity, Cut>> = {
  coarsest: { coarsest: 1, share: Number.POSITIVE_INFINITY, fewest: 0 },
  coarse: { coarsest: 2, share: Number.POSITIVE_INFINITY, fewest: 0 },
  medium: { coarsest: 2, share: 1 / 3, fewest: 20 },
  fine: { coarsest: 2, share: 1 / 8, fewest: 10 },
  finest: { coarsest: 2, share: 0, fewest: 0 },
};

export interface CauseGroup {
  /** The shared prefix of the keys. */
  readonly key: string;
  /** Ascending. */
  readonly rows: readonly number[];
}

/**
 * Groups rows by their cause keys, `category|sub-kind|specifics…`, most general part first: the
 * prefixes of the keys form a tree, and the groups are a cut through it. By default: down from the
 * sub-kinds, a more specific prefix becomes a group of its own when it holds at least a third of its
 * parent and leaves at least a third, both 20 rows or more; otherwise one fix is taken to resolve both.
 * `coarsest` is the categories, `coarse` the sub-kinds; `fine` asks for an eighth and 10 rows, `finest` for
 * `smallest` alone. Sub-kinds smaller than `smallest` join the rest of their category. `shrink` scales
 * the rows asked for, when `rows` is a part of the data. Groups may be smaller than `smallest`.
 */
export function causeTree(
  keys: readonly string[],
  rows: readonly number[],
  smallest: number,
  granularity: Granularity = 'medium',
  shrink = 1,
): CauseGroup[] {
  const { coarsest, share, fewest } = CUTS[granularity];
  const least = Math.max(smallest, shrink * fewest);
  const byCategory = Map.groupBy(rows, (row) => prefix(keys[row]!, 1));
  return [...byCategory].toSorted(byName).flatMap(([category, members]) => {
    const kinds = [...Map.groupBy(members, (row) => prefix(keys[row]!, coarsest))].toSorted(byName);
    const large = kinds.filter(([, of]) => of.length >= smallest);
    const rest = kinds.filter(([, of]) => of.length < smallest).flatMap(([, of]) => of);
    const groups = large.flatMap(([kind, of]) => split(keys, kind, of, coarsest, least, share));
    if (rest.length === 0) return groups;
    return [...groups, { key: category, rows: rest.toSorted((a, b) => a - b) }];
  });
}

function split(
  keys: readonly string[],
  key: string,
  rows: readonly number[],
  depth: number,
  least: number,
  share: number,
): CauseGroup[] {
  const parts = [...Map.groupBy(rows, (row) => prefix(keys[row]!, depth + 1))].toSorted(byName);
  if (parts.length === 1) {
    const [only] = parts[0]!;
    return only === key ? [{ key, rows }] : split(keys, only, rows, depth + 1, least, share);
  }
  const enough = Math.max(least, share * rows.length);
  const off = parts.filter(
    ([part, of]) => part !== key && of.length >= enough && rows.length - of.length >= enough,
  );
  if (off.length === 0) return [{ key, rows }];
  const taken = new Set(off.flatMap(([, of]) => of));
  const rest = rows.filter((row) => !taken.has(row));
  return [
    ...off.flatMap(([part, of]) => split(keys, part, of, depth + 1, least, share)),
    ...(rest.length > 0 ? [{ key, rows: rest }] : []),
  ];
}

const prefix = (key: string, parts: number): string => {
  let at = -1;
  for (let count = 0; count < parts; count += 1) {
    at = key.indexOf('|', at + 1);
    if (at === -1) return key;
  }
  return key.slice(0, at);
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;
