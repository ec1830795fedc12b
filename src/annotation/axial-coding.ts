import type { TaxonomyCategory } from '../contract/taxonomy.ts';
import { ALIKE, overlap, topics } from './topics.ts';

/** A label, as far as its codes tell. */
interface CodedLabel {
  readonly id: string;
  readonly category: string | null;
  readonly codes: readonly { readonly code: string }[];
}

/** Codes that say the same, and where they belong. */
export interface CodeGroup {
  /** As people wrote them, the most frequent first. */
  readonly codes: readonly string[];
  /** Ids of the labels with one of them. */
  readonly labels: readonly string[];
  /** The category that most of these labels have, and how many; null where none has one. */
  readonly category: string | null;
  readonly inCategory: number;
  /**
   * - `fits`: the category says it already.
   * - `move`: another category says it, in its name or definition.
   * - `split`: it is a kind of its own within the category.
   * - `spread`: no category has half of its labels.
   * - `wait`: under three labels, it is too early to tell.
   */
  readonly suggestion: 'fits' | 'move' | 'split' | 'spread' | 'wait';
  /** Where to for `move`; null otherwise. */
  readonly target: string | null;
}

/** Fewer labels than this do not make a kind. */
const LEAST_LABELS = 3;
/** A category with no more labels than this share beside the group is what the group calls otherwise. */
const MOST_OF_CATEGORY = 0.9;

/**
 * From open to axial coding: which codes say the same, and whether a category says it, or it should become one. Two codes
 * are the same where they share two thirds of their words, in any inflection; a category says a code where its name or
 * definition has all words of it.
 * @returns groups with the most labels first.
 */
export function codeGroups(
  labels: readonly CodedLabel[],
  categories: readonly TaxonomyCategory[],
): readonly CodeGroup[] {
  const byCode = new Map<string, { name: string; labels: Set<string> }>();
  for (const { id, codes } of labels)
    for (const { code } of codes) {
      const key = code.trim().toLowerCase();
      const found = byCode.get(key) ?? { name: code.trim(), labels: new Set() };
      found.labels.add(id);
      byCode.set(key, found);
    }
  const codes = [...byCode.values()]
    .map((each) => ({ ...each, topics: topics(each.name) }))
    .toSorted((a, b) => b.labels.size - a.labels.size || (a.name < b.name ? -1 : 1));
  const groups: (typeof codes)[] = [];
  for (const code of codes) {
    const same = groups.find(
      ([first]) => overlap(first?.topics ?? new Set(), code.topics) >= ALIKE,
    );
    if (same === undefined) groups.push([code]);
    else same.push(code);
  }
  const categoryOf = new Map(labels.map(({ id, category }) => [id, category]));
  const sizes = new Map<string, number>();
  for (const { category } of labels)
    if (category !== null) sizes.set(category, (sizes.get(category) ?? 0) + 1);
  return groups
    .map((group): CodeGroup => {
      const own = [...new Set(group.flatMap((each) => [...each.labels]))];
      const counts = new Map<string, number>();
      for (const id of own) {
        const category = categoryOf.get(id) ?? null;
        if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1);
      }
      const [category, inCategory] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [null, 0];
      const said = categories.filter((each) => says(each, group[0]?.topics ?? new Set()));
      const target = said.some(({ id }) => id === category) ? null : (said[0]?.id ?? null);
      const isWhole =
        category !== null && inCategory >= MOST_OF_CATEGORY * (sizes.get(category) ?? 0);
      return {
        codes: group.map(({ name }) => name),
        labels: own,
        ...{ category, inCategory, target },
        suggestion:
          own.length < LEAST_LABELS
            ? 'wait'
            : target !== null
              ? 'move'
              : said.length > 0 || isWhole || category === null
                ? 'fits'
                : inCategory < own.length / 2
                  ? 'spread'
                  : 'split',
      };
    })
    .toSorted((a, b) => b.labels.length - a.labels.length);
}

function says({ name, definition }: TaxonomyCategory, wanted: ReadonlySet<string>): boolean {
  return wanted.size > 0 && wanted.isSubsetOf(topics(`${name} ${definition}`));
}
