import * as z from 'zod';
import { layerSchema } from './category.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/** What somebody who may not decide, such as a coding agent, proposes about a cause. It changes nothing until a person decides. */
export const causeProposalSchema = z.strictObject({
  reason: text(1_000).describe('why, in one or two sentences'),
  title: text(300).optional(),
  category: text(100).optional().describe('id in the taxonomy'),
  severity: z.number().min(1).max(5).optional(),
  layer: layerSchema.optional().describe('where the fix goes'),
  fix: text(4_000).optional().describe('what to change, such as a diff of the prompt'),
  quotes: z
    .array(z.strictObject({ trace: text(500), quote: text(400) }))
    .max(5)
    .default([])
    .describe('evidence, word for word'),
});

export type CauseProposal = z.infer<typeof causeProposalSchema>;
