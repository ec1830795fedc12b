import { CulpritError } from '../../contract/culprit-error.ts';
import type { PolicyDefinition, PolicyRecord } from '../../contract/policy.ts';
import { type PolicyCategory, starterPolicy } from './lexicon/policy.ts';
import { policyMatcher } from './matcher.ts';
import { phraseOf } from './tokens.ts';

/** What one application's assistant should not help with. */
export interface Policy {
  readonly categories: readonly PolicyCategory[];
  /** Phrases that make any request harmless. */
  readonly allowed: readonly string[];
  /** What the user's policy changed, for the record of the run. */
  readonly record: PolicyRecord;
}

/**
 * A user's policy: its categories beside the built-in ones or instead of them, built-in categories left
 * out, exceptions. Every example must match the policy.
 * @throws CulpritError `invalid_option` naming the source and the place.
 */
export function policyOf(definition: PolicyDefinition, source: string): Policy {
  const { replace, without, allow, categories: own } = definition;
  const known = starterPolicy.map(({ id }) => id);
  const unknown = without.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw invalid(
      source,
      `without: unknown category ${unknown}; the starter categories are ${known.join(', ')}`,
    );
  checkPhrases(definition, source);

  const categories = [
    ...(replace ? [] : starterPolicy.filter(({ id }) => !without.includes(id))),
    ...own.map(
      ({ id, name, terms, rules, allow: allowed, examples }): PolicyCategory => ({
        id,
        name: name ?? id,
        phrases: terms,
        rules: rules.map(({ verbs, targets, within }) => ({
          verbs,
          targets,
          ...(within !== undefined && { within }),
        })),
        examples,
        allowed,
        literal: true,
      }),
    ),
  ];
  if (categories.length === 0)
    throw invalid(source, 'no category is left; add one, or leave fewer out');
  checkExamples(categories, allow, source);
  return {
    categories,
    allowed: allow,
    record: { replace, without, allow, categories: own.map(({ id }) => id) },
  };
}

function checkPhrases({ allow, categories }: PolicyDefinition, source: string): void {
  const phrases = [
    ...allow,
    ...categories.flatMap(({ terms, rules, allow: allowed }) => [
      ...terms,
      ...allowed,
      ...rules.flatMap(({ verbs, targets }) => [...verbs, ...targets]),
    ]),
  ];
  const empty = phrases.find((phrase) => phraseOf(phrase).length === 0);
  if (empty !== undefined) throw invalid(source, `${JSON.stringify(empty)} contains no word`);
}

function checkExamples(
  categories: readonly PolicyCategory[],
  allowed: readonly string[],
  source: string,
): void {
  const { match } = policyMatcher({ categories, allowed });
  for (const { id, examples, literal } of categories) {
    const missed = literal === true && examples.find((example) => match(example) === null);
    if (typeof missed === 'string')
      throw invalid(
        source,
        `the example ${JSON.stringify(missed.slice(0, 100))} of ${id} does not match; add a term or a rule, or check what allows it`,
      );
  }
}

const invalid = (source: string, why: string): CulpritError =>
  new CulpritError('invalid_option', `${source}: ${why}`);
