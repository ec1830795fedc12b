import type { Granularity } from '../contract/grouping.ts';

/** A cut through the cause tree. */
interface Cut {
  /** Minimum number of key parts of a group that is large enough. */
  readonly coarsest: 1 | 2;
  /** Minimum share of rows that a more specific part must have, and leave behind, to split off. */
  readonly share: number;
  readonly fewest: number;
}

/** Each cut is finer than the one before, so that groups are nested. */
const CUTS: Readonly<Record<Granularity, Cut>> = {
  coarsest: { coarsest: 1, share: Number.POSITIVE_INFINITY, fewest: 0 },
  coarse: { coarsest: 2, share: Number.POSITIVE_INFINITY, fewest: 0 },
  medium: { coarsest: 2, share: 1 / 3, fewest: 20 },
  fine: { coarsest: 2, share: 1 / 8, fewest: 10 },
  finest: { coarsest: 2, share: 0, fewest: 0 },
};

/** A cause as a path, most general part first: category, sub-kind, specifics. */
type Key = readonly string[];

export interface CauseGroup {
  /** The common prefix of the keys. */
  readonly key: Key;
  /** Ascending. */
  readonly rows: readonly number[];
}

/**
 * Groups rows by their cause keys: the prefixes of the keys form a tree, and the groups are a cut
 * through it. By default, from the sub-kinds down, a more specific key becomes a group of its own if it
 * has at least a third of its parent's rows and leaves at least a third, both 20 rows or more; otherwise one
 * fix is assumed to resolve both. `coarsest` cuts at the categories, `coarse` at the sub-kinds; `fine` requires an
 * eighth and 10 rows, `finest` only `smallest`. Sub-kinds smaller than `smallest` join the rest of
 * their category. `shrink` scales the minimum sizes if `rows` is a subset of the data. Groups may be
 * smaller than `smallest`. `keys` is indexed by row; the keys of `rows` are not empty.
 */
export function causeTree(
  keys: readonly (Key | null)[],
  rows: readonly number[],
  smallest: number,
  granularity: Granularity = 'medium',
  shrink = 1,
): CauseGroup[] {
  const { coarsest, share, fewest } = CUTS[granularity];
  const least = Math.max(smallest, shrink * fewest);
  return children(keys, [], rows).flatMap((category) => {
    const kinds = coarsest === 1 ? [category] : children(keys, category.key, category.rows);
    const large = kinds.filter((kind) => kind.rows.length >= smallest);
    const rest = kinds.filter((kind) => kind.rows.length < smallest).flatMap((kind) => kind.rows);
    const groups = large.flatMap((kind) => split(keys, kind, least, share));
    if (rest.length === 0) return groups;
    return [...groups, { key: category.key, rows: rest.toSorted((a, b) => a - b) }];
  });
}

function split(
  keys: readonly (Key | null)[],
  group: CauseGroup,
  least: number,
  share: number,
): CauseGroup[] {
  const { key, rows } = group;
  const parts = children(keys, key, rows);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined)
    return only.key === key ? [group] : split(keys, only, least, share);
  const enough = Math.max(least, share * rows.length);
  const off = parts.filter(
    (part) =>
      part.key !== key && part.rows.length >= enough && rows.length - part.rows.length >= enough,
  );
  if (off.length === 0) return [group];
  const taken = new Set(off.flatMap((part) => part.rows));
  const rest = rows.filter((row) => !taken.has(row));
  return [
    ...off.flatMap((part) => split(keys, part, least, share)),
    ...(rest.length > 0 ? [{ key, rows: rest }] : []),
  ];
}

/** Rows whose keys start with `key`, grouped by the next part, in text order. Rows whose key ends here come first, under `key` itself. */
function children(keys: readonly (Key | null)[], key: Key, rows: readonly number[]): CauseGroup[] {
  const byPart = Map.groupBy(rows, (row) => keys[row]?.[key.length]);
  const ended = byPart.get(undefined);
  const named = [...byPart].flatMap(([part, of]) => (part === undefined ? [] : [{ part, of }]));
  return [
    ...(ended === undefined ? [] : [{ key, rows: ended }]),
    ...named
      .sort((a, b) => (a.part < b.part ? -1 : 1))
      .map(({ part, of }) => ({ key: [...key, part], rows: of })),
  ];
}
