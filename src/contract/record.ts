import * as z from 'zod';
import { GRANULARITIES } from './grouping.ts';

export const runOptionsSchema = z
  .object({
    sample: z.number(),
    seed: z.number(),
    view: z.string().describe('as --view takes it: brief, or brief=0.7,output=0.3'),
    algorithm: z.enum(['hdbscan', 'kmeans']),
    minClusterSize: z.number(),
    granularity: z.enum(GRANULARITIES),
    all: z.boolean(),
    scores: z.array(z.string()).readonly(),
    severity: z.record(z.string(), z.number()).readonly(),
    divideByFixCost: z.boolean(),
    policy: z
      .object({
        replace: z.boolean(),
        categories: z.array(z.string()).readonly(),
        without: z.array(z.string()).readonly(),
        allow: z.array(z.string()).readonly(),
      })
      .readonly()
      .nullable()
      .describe("what a user's policy changed in the starter list"),
  })
  .readonly();

/** The options of a run, all resolved, as its record keeps them. */
export type RunOptions = z.infer<typeof runOptionsSchema>;
