import * as z from 'zod';
import { evidenceSchema } from './signal.ts';

/** Any value that YAML and JSON can both hold. */
const parameterSchema = z.json();

export const checkUseSchema = z
  .strictObject({
    check: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' })
      .describe('name in the catalog, which `culprit checks` prints'),
    params: z
      .record(z.string(), parameterSchema)
      .readonly()
      .optional()
      .describe('what the check is given; `culprit checks NAME` lists them'),
    negate: z.boolean().optional().describe('pass where the check fails, and fail where it passes'),
    provisional: z
      .boolean()
      .optional()
      .describe('shown, never deciding: a judge whose agreement with people is not measured'),
    why: z.string().optional().describe('what this proves, for the reader'),
  })
  .readonly();

/** One check as a suite or a file of checks uses it. */
export type CheckUse = z.infer<typeof checkUseSchema>;

const checkOutcomeSchema = z
  .object({
    verdict: z.enum(['pass', 'fail', 'cannot_tell']),
    value: z.number().nullable().describe('what was measured; null for a check without a measure'),
    reason: z.string().describe('one sentence without the final period'),
    evidence: z.array(evidenceSchema).readonly().describe('verbatim places of the trace'),
  })
  .readonly();

/** What a check says of one trace. */
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

export const checkRecordSchema = z
  .object({
    ...checkUseSchema.unwrap().pick({ check: true, negate: true, provisional: true }).shape,
    ...checkOutcomeSchema.unwrap().shape,
  })
  .readonly();

/** What one check of a suite said of one attempt. */
export type CheckRecord = z.infer<typeof checkRecordSchema>;
