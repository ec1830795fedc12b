import type { IdentifiedCause } from '../contract/frozen-model.ts';

/** A cause of a new analysis, before it has an id. */
export type FreshCause = Omit<IdentifiedCause, 'id'>;

/** Share of the members that two causes must have in common; above a half, no cause has two such partners. */
const SAME = 0.5;
/** With fewer in common, the analyses looked at too few of the same traces to tell. */
const LEAST_SHARED = 3;

/**
 * Which causes of an analysis are causes of the one before: by fingerprint, and otherwise by their members, as far as both
 * analyses looked at the same traces. Never by a label. Of several with one fingerprint, those with the most members in
 * common go together.
 * @returns for each fresh cause the id that it keeps, null for a new one. No id is given twice.
 */
export function keptIds(
  fresh: readonly FreshCause[],
  earlier: readonly IdentifiedCause[],
): readonly (string | null)[] {
  const ids: (string | null)[] = fresh.map(() => null);
  const taken = new Set<string>();
  const keep = (pairs: readonly Pair[]): void => {
    for (const { at, id } of pairs.toSorted(moreAlikeFirst)) {
      if (ids[at] !== null || taken.has(id)) continue;
      ids[at] = id;
      taken.add(id);
    }
  };
  const alike = overlaps(fresh, earlier);
  keep(
    fresh.flatMap(({ fingerprint }, at) =>
      earlier.flatMap(({ id, fingerprint: before }, place) =>
        fingerprint !== null && fingerprint === before
          ? [{ at, place, id, overlap: alike(at, place) }]
          : [],
      ),
    ),
  );
  keep(
    fresh.flatMap((_, at) =>
      earlier.flatMap(({ id }, place) => {
        const overlap = ids[at] === null && !taken.has(id) ? alike(at, place) : 0;
        return overlap > SAME ? [{ at, place, id, overlap }] : [];
      }),
    ),
  );
  return ids;
}

interface Pair {
  /** Position of the fresh cause. */
  readonly at: number;
  /** Position of the earlier one. */
  readonly place: number;
  readonly id: string;
  readonly overlap: number;
}

const moreAlikeFirst = (a: Pair, b: Pair): number =>
  b.overlap - a.overlap || a.at - b.at || a.place - b.place;

/** Jaccard overlap of a fresh and an earlier cause, among the traces that both analyses hold. */
function overlaps(
  fresh: readonly FreshCause[],
  earlier: readonly IdentifiedCause[],
): (at: number, place: number) => number {
  const ids = (causes: readonly FreshCause[]) => new Set(causes.flatMap(({ members }) => members));
  const both = ids(fresh).intersection(ids(earlier));
  const held = ({ members }: FreshCause) => new Set(members).intersection(both);
  const [now, before] = [fresh.map(held), earlier.map(held)];
  return (at, place) => {
    const shared = now[at]!.intersection(before[place]!).size;
    const all = now[at]!.size + before[place]!.size - shared;
    return shared < LEAST_SHARED ? 0 : shared / all;
  };
}
