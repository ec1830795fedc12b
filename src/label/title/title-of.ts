import type { Category } from '../../contract/category.ts';
import type { Statement } from '../../contract/signal.ts';
import { percent } from '../../text/format.ts';
import { mostFrequent } from '../most-frequent.ts';
import type { DistinctiveTerm } from './distinctive-terms.ts';
import { slotVote } from './slot-vote.ts';
import { type Title, titleText } from './title.ts';

const TERMS = 3;
const OWN_TERMS = 2;
const CATEGORIES = 3;
/** A title is a claim: it holds for at least this share of the members. */
const HOLDS = 0.9;

export interface TitleInput {
  /** Category of each member. */
  readonly categories: readonly string[];
  /** The statement of each member's cause; null if it has none. */
  readonly statements: readonly (Statement | null)[];
  readonly terms: readonly DistinctiveTerm[];
  readonly taxonomy: readonly Category[];
}

/**
 * Titles a cluster by what the statements of nine in ten members have in common; if that is too little, by the category
 * of nine in ten with distinctive terms, or by the shares of the most common categories.
 */
export function titleOf({ categories, statements, terms, taxonomy }: TitleInput): Title {
  const size = categories.length;
  const category = mostFrequent(categories);
  const made = statements.filter((each) => each !== null);
  const common = slotVote(made, HOLDS * size);
  if (common !== null) return { text: common, terms: [] };

  const named = (id: string): string => taxonomy.find((each) => each.id === id)?.name ?? id;
  if (category === null || category.count < HOLDS * size)
    return { text: `Mixed: ${mostCommon(categories, named).join(', ')}`, terms: [] };
  return { text: named(category.value), terms: terms.slice(0, TERMS).map(({ term }) => term) };
}

/** The texts of titles; one that several clusters share gets up to two of its cluster's own terms. */
export function disambiguate(
  titles: readonly Title[],
  terms: readonly (readonly DistinctiveTerm[])[],
): string[] {
  const texts = titles.map(titleText);
  const counts = Map.groupBy(texts, (text) => text);
  return titles.map((title, index) => {
    if (counts.get(texts[index]!)!.length === 1) return texts[index]!;
    const own = terms[index]!.map(({ term }) => term).filter((term) => !title.terms.includes(term));
    return titleText({ ...title, terms: [...title.terms, ...own.slice(0, OWN_TERMS)] });
  });
}

function mostCommon(categories: readonly string[], named: (id: string) => string): string[] {
  const groups = [...Map.groupBy(categories, (id) => id)].map(([id, { length }]) => ({
    id,
    length,
  }));
  return groups
    .sort((a, b) => b.length - a.length || (a.id < b.id ? -1 : 1))
    .slice(0, CATEGORIES)
    .map(({ id, length }) => `${lowerFirst(named(id))} ${percent(length / categories.length)}`);
}

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);
