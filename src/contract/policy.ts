import * as z from 'zod';

const MOST_PHRASES = 2_000;

const phrase = z
  .string()
  .max(200)
  .refine((text) => /[\p{L}\p{N}]/u.test(text), { error: 'contains no word' });
const phrases = z.array(phrase).max(MOST_PHRASES).default([]).readonly();

const categorySchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' }),
    name: z.string().min(1).max(200).optional(),
    terms: phrases,
    rules: z
      .array(
        z.strictObject({
          verbs: z.array(phrase).min(1).max(MOST_PHRASES).readonly(),
          targets: z.array(phrase).min(1).max(MOST_PHRASES).readonly(),
          within: z.int().min(1).max(50).optional(),
        }),
      )
      .max(200)
      .default([])
      .readonly(),
    allow: phrases,
    examples: z.array(z.string().min(1).max(2_000)).max(200).default([]).readonly(),
  })
  .refine(({ terms, rules }) => terms.length + rules.length > 0, {
    error: 'needs terms or rules, or no request can match it',
  });

/** What an application's assistant must not help with, as users write it; described in docs/detectors.md. */
export const policyInputSchema = z.strictObject({
  replace: z.boolean().default(false),
  without: z.array(z.string()).max(200).default([]).readonly(),
  allow: phrases,
  categories: z.array(categorySchema).max(200).default([]).readonly(),
});

export type PolicyInput = z.input<typeof policyInputSchema>;
export type PolicyDefinition = z.output<typeof policyInputSchema>;

/** What a user's policy changed in the built-in one, for the record of a run. */
export const policyRecordSchema = z
  .object({
    replace: z.boolean().describe('the built-in policy was replaced, not extended'),
    categories: z.array(z.string()).readonly(),
    without: z.array(z.string()).readonly(),
    allow: z.array(z.string()).readonly(),
  })
  .readonly();

export type PolicyRecord = z.infer<typeof policyRecordSchema>;
