import type { Category } from '../../contract/category.ts';
import type { Statement } from '../../contract/signal.ts';
import { percent } from '../../text/format.ts';
import { statementText } from '../../text/statement.ts';
import { mostFrequent } from '../most-frequent.ts';
import type { DistinctiveTerm } from './distinctive-terms.ts';
import { slotVote } from './slot-vote.ts';

const TERMS = 3;
const OWN_TERMS = 2;
const CATEGORIES = 3;
/** A statement template that at least this share of the members has becomes the title. */
const FORM_SHARE = 0.5;
/** In a cluster of one category without a common template, a statement needs only this share. */
const LEAST_SHARE = 0.3;

export interface TitleInput {
  /** Category of each member. */
  readonly categories: readonly string[];
  /** The statement of each member's cause; null if it has none. */
  readonly statements: readonly (Statement | null)[];
  readonly terms: readonly DistinctiveTerm[];
  readonly taxonomy: readonly Category[];
}

/**
 * Titles a cluster by what the statements of its members have in common; if that is too little, by the category with
 * distinctive terms, or by the most common categories if none has half of the members.
 */
export function titleOf({ categories, statements, terms, taxonomy }: TitleInput): string {
  const size = categories.length;
  const category = mostFrequent(categories);
  const mixed = category === null || category.count * 2 < size;
  const made = statements.filter((each) => each !== null);
  const common = slotVote(made, FORM_SHARE * size);
  if (common !== null) return common;
  const text = mostFrequent(made.map(statementText));
  if (!mixed && text !== null && text.count >= LEAST_SHARE * size) return text.value;

  const named = (id: string): string => taxonomy.find((each) => each.id === id)?.name ?? id;
  if (mixed) return `Mixed: ${mostCommon(categories, named).join(', ')}`;
  const words = terms.slice(0, TERMS).map(({ term }) => `“${term}”`);
  return [named(category.value), words.join(', ')].filter((part) => part !== '').join(': ');
}

/** Appends up to two of a cluster's own terms to a title that several clusters share. */
export function disambiguate(
  titles: readonly string[],
  terms: readonly (readonly DistinctiveTerm[])[],
): string[] {
  const counts = Map.groupBy(titles, (title) => title);
  return titles.map((title, index) => {
    const own = terms[index]!.map(({ term }) => `“${term}”`).filter(
      (term) => !title.includes(term),
    );
    const unique = counts.get(title)!.length === 1;
    if (unique || own.length === 0) return title;
    return title + (title.includes('“') ? ', ' : ': ') + own.slice(0, OWN_TERMS).join(', ');
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
