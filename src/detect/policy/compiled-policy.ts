import type { PolicyCategory, PolicyRule } from './lexicon/policy.ts';
import { CLASSES } from './lexicon/policy-words.ts';
import { indexOf, type Phrase, phraseOf } from './tokens.ts';

export interface CompiledRule {
  readonly targets: ReadonlyMap<string, readonly Phrase[]>;
  readonly owned: boolean;
  readonly names: boolean;
  readonly within: number;
  readonly sparesOwn: boolean;
}

/** What may begin at a word: a phrase that decides alone (`rule` null) or a rule's verb. */
export interface Opening {
  readonly category: PolicyCategory;
  readonly phrase: Phrase;
  readonly rule: CompiledRule | null;
}

/** Openings by the stem of their first word. */
export type Compiled = ReadonlyMap<string, readonly Opening[]>;

export function compile(policy: readonly PolicyCategory[]): Compiled {
  const openings: Opening[] = policy.flatMap((category) => [
    ...category.phrases.map((phrase) => ({
      category,
      phrase: phraseOf(phrase),
      rule: null,
    })),
    ...category.rules.flatMap((rule) => {
      const compiled = compileRule(rule, category.id);
      return rule.verbs.map((verb) => ({
        category,
        phrase: phraseOf(verb),
        rule: compiled,
      }));
    }),
  ]);
  const index = new Map<string, Opening[]>();
  for (const opening of openings) {
    const first = opening.phrase[0] ?? '';
    const same = index.get(first);
    if (same === undefined) index.set(first, [opening]);
    else same.push(opening);
  }
  return index;
}

const compileRule = (rule: PolicyRule, category: string): CompiledRule => ({
  targets: indexOf(targetPhrases(rule)),
  owned: rule.targets.includes('OWNED'),
  names: rule.targets.includes('NAME'),
  within: rule.within ?? 6,
  sparesOwn: category === 'hacking' || category === 'theft_fraud',
});

export const targetPhrases = (rule: PolicyRule): readonly Phrase[] =>
  rule.targets
    .filter((target) => target !== 'OWNED' && target !== 'NAME')
    .flatMap((target) => classPhrases(target) ?? [phraseOf(target)]);

/** Phrases of a word class, cut into words once: many rules name the same. */
function classPhrases(name: string): readonly Phrase[] | undefined {
  const known = CLASS_PHRASES.get(name);
  if (known !== undefined) return known;
  const phrases = CLASSES[name]?.map(phraseOf);
  if (phrases !== undefined) CLASS_PHRASES.set(name, phrases);
  return phrases;
}

const CLASS_PHRASES = new Map<string, readonly Phrase[]>();
