import * as z from 'zod';
import { layerSchema } from './category.ts';
import { evidenceSchema } from './signal.ts';

export const whySchema = z
  .object({
    statement: z
      .string()
      .describe('one sentence without the final period, beginning with “Likely because”'),
    layer: layerSchema.describe('where this points to'),
    evidence: z
      .array(evidenceSchema.unwrap().extend({ traceId: z.string() }).readonly())
      .readonly()
      .describe('verbatim places of the recorded prompt, tools, documents, guardrails and scores'),
  })
  .readonly();

/** Why a cause arises here: a likely part of the application to fix, found in what it recorded. */
export type Why = z.infer<typeof whySchema>;
