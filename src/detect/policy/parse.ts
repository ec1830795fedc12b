import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import { parseJsonFile } from '../json-file.ts';
import { type PolicyCategory, starterPolicy } from './lexicon/policy.ts';
import { policyMatcher } from './matcher.ts';
import { phraseOf } from './tokens.ts';

/** What one application's assistant should not help with. */
export interface Policy {
  readonly categories: readonly PolicyCategory[];
  /** Phrases that make any request harmless. */
  readonly allowed: readonly string[];
  /** What the user's file changed, for the record of the run. */
  readonly record: PolicyRecord;
}

interface PolicyRecord {
  /** The starter list was replaced, not extended. */
  readonly replace: boolean;
  readonly categories: readonly string[];
  readonly without: readonly string[];
  readonly allow: readonly string[];
}

const MOST_PHRASES = 2_000;

const phrase = z
  .string()
  .max(200)
  .refine((text) => phraseOf(text).length > 0, { error: 'contains no word' });
const phrases = z.array(phrase).max(MOST_PHRASES).default([]);

const category = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' }),
    name: z.string().min(1).max(200).optional(),
    terms: phrases,
    rules: z
      .array(
        z.strictObject({
          verbs: z.array(phrase).min(1).max(MOST_PHRASES),
          targets: z.array(phrase).min(1).max(MOST_PHRASES),
          within: z.int().min(1).max(50).optional(),
        }),
      )
      .max(200)
      .default([]),
    allow: phrases,
    examples: z.array(z.string().min(1).max(2_000)).max(200).default([]),
  })
  .refine(({ terms, rules }) => terms.length + rules.length > 0, {
    error: 'needs terms or rules, or no request can match it',
  });

const policyFile = z.strictObject({
  replace: z.boolean().default(false),
  without: z.array(z.string()).max(200).default([]),
  allow: phrases,
  categories: z.array(category).max(200).default([]),
});

/**
 * Reads a user's policy (JSON, described in docs/detectors.md): its categories, which extend or replace the
 * starter list, starter categories to leave out, and exceptions. Every example must match the policy.
 * @throws CulpritError `invalid_option` naming the file and the place.
 */
export function parsePolicy(text: string, file: string): Policy {
  const parsed = policyFile.safeParse(parseJsonFile(text, `--policy ${file}`));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(file, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  const { replace, without, allow, categories: own } = parsed.data;
  const known = starterPolicy.map(({ id }) => id);
  const unknown = without.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw invalid(
      file,
      `without: unknown category ${unknown}; the starter categories are ${known.join(', ')}`,
    );

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
    throw invalid(file, 'no category is left; add one, or leave fewer out');
  checkExamples(categories, allow, file);
  return {
    categories,
    allowed: allow,
    record: { replace, without, allow, categories: own.map(({ id }) => id) },
  };
}

function checkExamples(
  categories: readonly PolicyCategory[],
  allowed: readonly string[],
  file: string,
): void {
  const { match } = policyMatcher({ categories, allowed });
  for (const { id, examples, literal } of categories) {
    const missed = literal === true && examples.find((example) => match(example) === null);
    if (typeof missed === 'string')
      throw invalid(
        file,
        `the example ${JSON.stringify(missed.slice(0, 100))} of ${id} does not match; add a term or a rule, or check what allows it`,
      );
  }
}

const invalid = (file: string, why: string): CulpritError =>
  new CulpritError('invalid_option', `--policy ${file}: ${why}`);
