import type { TaxonomyCategory } from '../contract/taxonomy.ts';
import { stem } from '../text/stem.ts';
import { isStopWord } from '../text/stop-words.ts';
import { words } from '../text/words.ts';

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

const ALIKE = 2 / 3;
const LEAST_WORDS = 4;

/** Stems of words that say that something is wrong and not what. */
const VAGUE: ReadonlySet<string> = new Set(
  (
    'bad wrong poor good incorrect invalid broken weird strange odd off fail failed failure error issue problem bug ' +
    'mistake quality answer answers response reply output result message text content model agent llm ai bot assistant ' +
    'run trace other others misc miscellaneous general unknown unclear thing stuff something else'
  )
    .split(' ')
    .map(stem),
);

const topics = (text: string): ReadonlySet<string> =>
  new Set(
    words(text)
      .filter((word) => !isStopWord(word))
      .map(stem)
      .filter((word) => !VAGUE.has(word)),
  );

function overlap(one: ReadonlySet<string>, two: ReadonlySet<string>): number {
  const both = one.intersection(two).size;
  return both === 0 ? 0 : both / (one.size + two.size - both);
}
