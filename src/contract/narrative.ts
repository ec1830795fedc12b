import * as z from 'zod';
import { layerSchema } from './category.ts';
import { evidenceSchema } from './signal.ts';

const claimSchema = z
  .object({
    text: z.string().describe('one sentence of the model, on one line, at most 240 characters'),
    state: z
      .enum(['confirmed', 'supported', 'hypothesis'])
      .describe(
        'confirmed: its quote is in a trace, and the finding of code that it names holds at that place; supported: its quote is in a trace; hypothesis: it has no quote',
      ),
    quote: evidenceSchema
      .unwrap()
      .extend({ traceId: z.string() })
      .readonly()
      .nullable()
      .describe('verbatim, looked up by code'),
    finding: z.string().nullable().describe('what code found there, where it is confirmed'),
  })
  .readonly();

/** One sentence with what stands behind it. */
export type Claim = z.infer<typeof claimSchema>;

export const narrativeSchema = z
  .object({
    title: z.string().nullable().describe('proposed title; null where it was not usable'),
    category: z.string().nullable().describe('id in the taxonomy; null where it named another'),
    layer: layerSchema,
    claims: z.array(claimSchema).max(2).readonly(),
    dropped: z
      .number()
      .int()
      .describe('sentences, titles and quotes that were not shown because code found them wrong'),
    model: z.string().describe('model and address'),
    prompt: z.string().describe('name and version of the instructions'),
  })
  .readonly();

/** What a model proposes about a cause, checked by code. It changes nothing until a person accepts it. */
export type Narrative = z.infer<typeof narrativeSchema>;

/** What asking for narratives came to. */
export const narratingSchema = z
  .object({
    model: z.string(),
    asked: z.number().int().describe('causes that the model was asked about'),
    answered: z.number().int(),
    problem: z.string().nullable().describe('the first reason why one has no answer'),
  })
  .readonly();

export type Narrating = z.infer<typeof narratingSchema>;
