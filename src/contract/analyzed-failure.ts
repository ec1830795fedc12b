import * as z from 'zod';
import { NOISE_REASONS } from './grouping.ts';
import { signalSchema } from './signal.ts';

export const analyzedFailureSchema = z
  .object({
    traceId: z.string(),
    failed: z.boolean().describe('false only with `all`, for a trace that nothing says failed'),
    cluster: z.string().nullable().describe('id; null when it is in no cluster'),
    noise: z.enum(NOISE_REASONS).nullable().describe('why it is in no cluster'),
    category: z
      .string()
      .nullable()
      .describe('category of its cause; null when no signal names one'),
    categories: z
      .array(z.string())
      .readonly()
      .describe(
        'of all its signals, likeliest cause first; for a signal without a category the id of the detector',
      ),
    alsoMeets: z
      .array(z.string())
      .readonly()
      .describe('ids of the other causes whose condition it meets, first in rank first'),
    membership: z.number(),
    weight: z.number().describe('failed traces of the input that it stands for'),
    position: z
      .tuple([z.number(), z.number()])
      .readonly()
      .describe('x and y on the 2-D map, -1 to 1'),
    rootSpanId: z.string().nullable(),
    input: z.string().describe('first 200 characters'),
    shown: z
      .string()
      .nullable()
      .describe('the first quote of its first signal, as people read it; null without signals'),
    tenant: z.string().nullable(),
    promptVersion: z.string().nullable(),
    release: z.string().nullable(),
    model: z.string().nullable(),
    startTime: z.number().nullable().describe('epoch milliseconds; null when not recorded'),
    signals: z.array(signalSchema).readonly().describe('those that said yes'),
  })
  .readonly();

/** One failure of the sample: its signals, its cluster, its place on the map. */
export type AnalyzedFailure = z.infer<typeof analyzedFailureSchema>;
