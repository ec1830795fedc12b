import type { Category } from '../../contract/category.ts';
import { percent } from '../../text/format.ts';
import { mostFrequent } from '../most-frequent.ts';
import { commonForm } from './common-form.ts';
import type { DistinctiveTerm } from './distinctive-terms.ts';

const TERMS = 3;
const OWN_TERMS = 2;
const CATEGORIES = 3;
/** A summary, or its common form, names a cluster from this share of its members on. */
const SUMMARY_SHARE = 0.5;
/** In a cluster of one category that has no common form this is enough. */
const LEAST_SHARE = 0.3;

export interface NameInput {
  /** Category of each member. */
  readonly categories: readonly string[];
  /** What happened in each member, '' when no signal says. */
  readonly summaries: readonly string[];
  readonly terms: readonly DistinctiveTerm[];
  /** Tools the members were offered or called. */
  readonly tools: ReadonlySet<string>;
  readonly taxonomy: readonly Category[];
}

/**
 * The summary most members share, or what their summaries have in common where they differ in names
 * and figures; when neither is common enough, the category with the distinctive terms, and the
 * commonest categories when none holds half of the members.
 */
export function nameOf({ categories, summaries, terms, tools, taxonomy }: NameInput): string {
  const size = categories.length;
  const category = mostFrequent(categories);
  const mixed = category === null || category.count * 2 < size;
  const told = summaries.filter((each) => each !== '');
  const summary = mostFrequent(told);
  if (summary !== null && summary.count >= SUMMARY_SHARE * size) return summary.value;
  const common = commonForm(told, SUMMARY_SHARE * size, tools);
  if (common !== null) return common;
  if (!mixed && summary !== null && summary.count >= LEAST_SHARE * size) return summary.value;

  const named = (id: string): string => taxonomy.find((each) => each.id === id)?.name ?? id;
  if (mixed) return `Mixed: ${commonest(categories, named).join(', ')}`;
  const words = terms.slice(0, TERMS).map(({ term }) => `“${term}”`);
  return [named(category.value), words.join(', ')].filter((part) => part !== '').join(': ');
}

/** Names that several clusters have get two of the cluster's own terms behind them. */
export function tellApart(
  names: readonly string[],
  terms: readonly (readonly DistinctiveTerm[])[],
): string[] {
  const counts = Map.groupBy(names, (name) => name);
  return names.map((name, index) => {
    const own = terms[index]!.map(({ term }) => `“${term}”`).filter((term) => !name.includes(term));
    const unique = counts.get(name)!.length === 1;
    if (unique || own.length === 0) return name;
    return name + (name.includes('“') ? ', ' : ': ') + own.slice(0, OWN_TERMS).join(', ');
  });
}

function commonest(categories: readonly string[], named: (id: string) => string): string[] {
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
