import * as z from 'zod';
import { checkSchema } from './check.ts';

export const judgingSchema = z
  .object({
    judge: z.string().describe('model and address'),
    checks: z.array(checkSchema).readonly(),
    scope: z.enum(['all', 'unexplained']).describe('which failures the model was asked about'),
    failures: z.number().describe('sampled failures the model was asked about'),
    passing: z.number().describe('traces without a signal the model was asked about'),
    found: z.number().describe('how many of those it found to have failed'),
    unanswered: z.number().describe('answers that were missing or unusable'),
    inputTokens: z.number().nullable().describe('of all answers, cached ones included'),
    outputTokens: z.number().nullable(),
    cost: z.number().nullable().describe('US dollars'),
  })
  .readonly();

/** What a model was asked about the sample, and what it answered. */
export type Judging = z.infer<typeof judgingSchema>;
