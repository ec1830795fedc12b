import * as z from 'zod';
import { layerSchema } from './category.ts';

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' });

/** A check as users write it, where a sentence alone does not say enough. */
export const checkInputSchema = z
  .strictObject({
    name: identifier.optional(),
    text: z.string().max(1_000),
    category: identifier.optional(),
    severity: z.number().min(1).max(5).default(3),
    layer: layerSchema.default('prompt'),
    fixCost: z.number().min(1).max(13).default(2),
  })
  .readonly();

export type CheckInput = z.input<typeof checkInputSchema>;

export const checkSchema = z
  .object({
    name: z.string().describe('id of the detector: lowercase letters, digits and _'),
    text: z.string().describe('the failure in one sentence, as the user wrote it'),
    category: z
      .string()
      .describe('category of its findings; its own name unless another was given'),
    severity: z
      .number()
      .describe('1 to 5; used for a category that the taxonomy does not have, as are the next two'),
    layer: layerSchema,
    fixCost: z.number(),
  })
  .readonly();

/** A detector in plain language: a failure to look for. A model answers whether a trace has it. */
export type Check = z.infer<typeof checkSchema>;
