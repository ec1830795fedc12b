import * as z from 'zod';
import { GUARD_ACTIONS, guardRulesSchema } from './guard.ts';
import { policyInputSchema } from './policy.ts';

/**
 * A guard that applications ask over HTTP. Only the operator of a server says so: what it blocks stops an application.
 * Defaults are those of `guard()`.
 */
export const guardDefinitionSchema = z
  .strictObject({
    rules: guardRulesSchema.unwrap().shape.rules.nullable().default(null),
    policy: policyInputSchema.nullable().default(null),
    learned: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('file of a model that `culprit learn` made, from the folder of this file'),
    above: z.number().min(0).max(1).nullable().default(null),
    deadline: z.number().min(1).max(60_000).default(50),
    late: z.enum(GUARD_ACTIONS).default('allow'),
    enforce: z.boolean().default(false).describe('false: shadow mode'),
  })
  .readonly();

export type GuardDefinition = z.infer<typeof guardDefinitionSchema>;
