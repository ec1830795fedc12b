import * as z from 'zod';
import { layerSchema } from './category.ts';
import { checkUseSchema } from './check-use.ts';
import { conditionSchema } from './condition.ts';
import { REDACTIONS } from './redaction.ts';

/** Version of the suite's form. Grows when a field changes its meaning or is removed. */
export const SUITE_VERSION = 1;

/**
 * `guard`: kept forever, run in CI; `control`: a trace that passed, kept against over-correction; `slice`: held
 * out from the guards to prove one fix, then spent.
 */
export const ROLES = ['guard', 'control', 'slice'] as const;
export type CaseRole = (typeof ROLES)[number];

const note = z.strictObject({
  at: z.string().describe('date'),
  why: z.string(),
});

const caseSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
        error: 'must be letters, digits, `.`, `_` and `-`',
      })
      .describe('once in the suite'),
    role: z.enum(ROLES),
    pick: z
      .enum(['medoid', 'edge', 'diverse', 'nearest', 'member', 'chosen', 'mined'])
      .optional()
      .describe(
        'why this trace: the most typical member, the least, one unlike both, …; mined: made from another case',
      ),
    input: z.string().optional().describe('beginning of the last request, for the reader'),
    trace: z.string().describe('id of the source trace'),
    spans: z.array(z.string()).readonly().optional().describe('where the source trace went wrong'),
    hash: z
      .string()
      .regex(/^[0-9a-f]{16}$/, { error: 'must be 16 hex digits' })
      .describe('of the content, which the payload file holds under it'),
    redaction: z.enum(REDACTIONS),
    reference: z
      .string()
      .optional()
      .describe('the answer to compare with, for checks that need one'),
    checks: z.array(checkUseSchema).readonly().optional().describe('besides those of the suite'),
    proof: z
      .enum(['red', 'green', 'unproven'])
      .describe(
        'the recorded output fails the checks (red), or passes them (green); unproven where only a provisional judge could tell, or where no answer was recorded',
      ),
    added: z.strictObject({ at: z.string().describe('date'), by: z.string() }).readonly(),
    spent: z.string().optional().describe('id of the run that decided by this slice case'),
    retired: note.readonly().optional(),
    quarantined: note
      .extend({ until: z.iso.date().describe('the quarantine ends on this day') })
      .readonly()
      .optional(),
  })
  .readonly();

/** One promoted trace. */
export type SuiteCase = z.infer<typeof caseSchema>;

export const budgetSchema = z
  .strictObject({
    dollars: z.number().positive().optional(),
    tokens: z.number().int().positive().optional(),
    calls: z.number().int().positive().optional(),
  })
  .readonly();

/** What a run may take; what is missing is not bounded. */
export type Budget = z.infer<typeof budgetSchema>;

export const registerSchema = z
  .strictObject({
    metric: z
      .literal('pass_rate')
      .describe('mean over the cases of the share of attempts that pass'),
    smallestEffect: z
      .number()
      .gt(0)
      .max(1)
      .describe('smallest rise of the pass rate of the slice that is worth having'),
    repeats: z.number().int().min(1).max(100).describe('attempts of each case'),
    budget: budgetSchema.optional().describe('a run that would exceed it stops'),
  })
  .readonly();

/** What is fixed before a run. A change of it makes a new run. */
export type Register = z.infer<typeof registerSchema>;

const suiteCauseSchema = z
  .strictObject({
    id: z.string().describe('id of the cluster in the analysis'),
    title: z.string(),
    category: z.string(),
    layer: layerSchema,
    severity: z.number().min(1).max(5),
    fingerprint: z.array(z.string()).readonly().describe('what makes it the same cause elsewhere'),
    condition: conditionSchema
      .nullable()
      .describe('what its members share; null where it was not found by a condition'),
    taxonomy: z.string().describe('version of the taxonomy: a hash of its categories'),
  })
  .readonly();

export const suiteSchema = z
  .strictObject({
    version: z.literal(SUITE_VERSION),
    cause: suiteCauseSchema,
    labels: z
      .array(z.string())
      .readonly()
      .describe('`ci`, `nightly`, …; `eval --label` selects by them'),
    source: z
      .strictObject({
        files: z.array(z.string()).readonly(),
        toolVersion: z.string(),
        seed: z.number().int(),
      })
      .readonly(),
    payload: z.string().describe('file with the contents of the cases, beside this one'),
    register: registerSchema,
    proofBudget: z
      .strictObject({
        rateBefore: z.number().describe('share of all traces that had the cause'),
        exposures: z
          .number()
          .int()
          .nullable()
          .describe(
            'traces after a deploy without a recurrence that prove a rate below a third of it; null where the rate is not known',
          ),
      })
      .readonly(),
    checks: z
      .array(checkUseSchema)
      .min(1)
      .readonly()
      .describe('a case passes when all of them pass'),
    cases: z.array(caseSchema).min(1).readonly(),
  })
  .readonly();

/** What `culprit schema suite` prints: the cases that keep one cause fixed, and how they are checked. */
export type Suite = z.infer<typeof suiteSchema>;
