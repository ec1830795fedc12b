import * as z from 'zod';
import { fileModelSchema } from './file-model.ts';

const normSchema = z
  .object({
    count: z.number().int().describe('traces that recorded it'),
    median: z.number().describe('within 1%'),
    cutoff: z
      .number()
      .nullable()
      .describe('values above it are outliers; null when no value can be one'),
  })
  .readonly();

const groupNormsSchema = z
  .object({
    operation: z.string().describe('name of the trace or of its root span, with digits masked'),
    promptVersion: z.string().nullable(),
    cost: normSchema.nullable().describe('USD; null when too few traces recorded it'),
    latency: normSchema.nullable().describe('milliseconds'),
    token: normSchema.nullable().describe('input and output tokens'),
  })
  .readonly();

/** Facts of a whole input that no single trace holds. Frozen: the record of a run keeps them. */
export const fileFactsSchema = z
  .object({
    traces: z.number().int().describe('traces read that hold something to judge'),
    norms: z
      .array(groupNormsSchema)
      .readonly()
      .describe('what is usual, by operation and prompt version, where 100 traces or more tell'),
    model: fileModelSchema,
  })
  .readonly();

/** What is usual of one measure in one group of traces. */
export type Norm = z.infer<typeof normSchema>;
export type GroupNorms = z.infer<typeof groupNormsSchema>;
export type FileFacts = z.infer<typeof fileFactsSchema>;
