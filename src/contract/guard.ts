import * as z from 'zod';
import { checkUseSchema } from './check-use.ts';
import { evidenceSchema } from './signal.ts';

export const GUARD_ACTIONS = ['allow', 'flag', 'block'] as const;
export type GuardAction = (typeof GUARD_ACTIONS)[number];

const guardRuleSchema = z
  .strictObject({
    ...checkUseSchema.unwrap().pick({ check: true, params: true, negate: true }).shape,
    on: z
      .enum(['request', 'answer'])
      .default('answer')
      .describe('request: the check reads what the user wrote in place of the answer'),
    action: z.enum(['flag', 'block']).default('flag').describe('where the check fails'),
    category: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .describe('what the application calls it; default: the name of the check'),
  })
  .readonly();

/** A check of the catalog, and what follows where it fails. */
export type GuardRule = z.infer<typeof guardRuleSchema>;

export const guardRulesSchema = z
  .strictObject({ rules: z.array(guardRuleSchema).min(1).max(100).readonly() })
  .readonly();

const findingSchema = z
  .object({
    by: z
      .enum(['rule', 'policy', 'learned', 'judge'])
      .describe('what found it: code, the policy, a model learned from labels, or a judge'),
    check: z.string(),
    category: z.string(),
    action: z.enum(['flag', 'block']),
    reason: z.string(),
    evidence: z.array(evidenceSchema).readonly().describe('verbatim places of the run'),
  })
  .readonly();

export type GuardFinding = z.infer<typeof findingSchema>;

export const guardAnswerSchema = z
  .object({
    action: z.enum(GUARD_ACTIONS).describe('what to do; in shadow mode always allow'),
    shadow: z
      .enum(GUARD_ACTIONS)
      .nullable()
      .describe('what the action would be; null outside of shadow mode'),
    findings: z.array(findingSchema).readonly().describe('those that block first'),
    unanswered: z
      .array(z.object({ check: z.string(), why: z.string() }).readonly())
      .readonly()
      .describe('checks without an answer in time; the action is then at least what `late` says'),
    milliseconds: z.number(),
  })
  .readonly();

/** What a guard says of one request or answer. */
export type GuardAnswer = z.infer<typeof guardAnswerSchema>;

const rateSchema = z
  .object({
    count: z.number().int(),
    of: z.number().int(),
    interval: z.tuple([z.number(), z.number()]).readonly().describe('95%, Clopper and Pearson'),
  })
  .readonly();

export const guardReportSchema = z
  .object({
    asked: z.number().int(),
    flagged: rateSchema,
    blocked: rateSchema,
    falseAlarms: rateSchema
      .nullable()
      .describe('blocked or flagged among runs labeled as sound; null without such labels'),
    unanswered: z.number().int(),
    byCategory: z
      .array(z.object({ category: z.string(), rate: rateSchema }).readonly())
      .readonly()
      .describe('most first'),
  })
  .readonly();

/** How often a guard found something: in shadow mode, what it would have done. */
export type GuardReport = z.infer<typeof guardReportSchema>;
