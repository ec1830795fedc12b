import type { TaxonomyCategory } from '../contract/taxonomy.ts';
import { words } from '../text/words.ts';
import { ALIKE, overlap, topics } from './topics.ts';

/** What makes a category hard to label with. */
export interface TaxonomyWarning {
  readonly kind: 'vague_name' | 'no_criterion' | 'near_duplicate';
  readonly id: string;
  /** The other one of two near duplicates. */
  readonly other: string | null;
  readonly message: string;
}

/**
 * Warns about names that fit any failure ("bad answer"), definitions that say too little to decide by, and categories
 * that two people would mix up. Two are near duplicates when they share two thirds of the words of their names, or of
 * names and definitions, in any inflection; one above the other is none.
 */
export function taxonomyWarnings(
  categories: readonly TaxonomyCategory[],
): readonly TaxonomyWarning[] {
  const warnings: TaxonomyWarning[] = [];
  const seen = categories.map((category) => ({
    category,
    name: topics(category.name),
    all: topics(`${category.name} ${category.definition}`),
  }));
  for (const { category, name } of seen) {
    const { id, name: shown, definition } = category;
    if (name.size === 0)
      warnings.push({
        ...{ kind: 'vague_name', id, other: null },
        message: `"${shown}" fits any failure: name what goes wrong, where`,
      });
    if (words(definition).length < LEAST_WORDS)
      warnings.push({
        ...{ kind: 'no_criterion', id, other: null },
        message: `"${shown}" has no criterion: write what a good run does, in a sentence`,
      });
  }
  for (const [index, one] of seen.entries())
    for (const two of seen.slice(index + 1)) {
      const isAbove =
        one.category.parent === two.category.id || two.category.parent === one.category.id;
      if (isAbove) continue;
      if (overlap(one.name, two.name) < ALIKE && overlap(one.all, two.all) < ALIKE) continue;
      warnings.push({
        ...{ kind: 'near_duplicate', id: one.category.id, other: two.category.id },
        message: `"${one.category.name}" and "${two.category.name}" are alike: merge them, or say in their definitions how they differ`,
      });
    }
  return warnings;
}

const LEAST_WORDS = 4;
