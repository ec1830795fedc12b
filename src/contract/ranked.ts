import * as z from 'zod';
import { intervalSchema } from './interval.ts';

export const rankingSchema = z
  .object({
    rank: z
      .number()
      .int()
      .nullable()
      .describe(
        '1 is first; null for what may not be ranked: leftovers, and conditions that nothing proves',
      ),
    size: z
      .number()
      .int()
      .describe('failures of the sample in this cluster; with `all`, traces of the sample'),
    population: z
      .number()
      .describe('estimated failures in the whole input; with `all`, estimated traces'),
    share: z.number().describe('estimated share of all failures; with `all` of all traces'),
    shareInterval: intervalSchema.describe('95% Wilson interval of share'),
    ratePerThousand: z.number().describe('failures of this cause per 1,000 traces'),
    rateInterval: intervalSchema.describe('shareInterval as a rate'),
    failedShare: z
      .number()
      .nullable()
      .describe(
        'with `all`: estimated share of its traces that failed; null otherwise, as all of them did',
      ),
    failedShareInterval: intervalSchema
      .nullable()
      .describe('95% Wilson interval of failedShare; null without it'),
    severity: z
      .number()
      .nullable()
      .describe("1 to 5, the category's or that of --severity; null with `all`"),
    fixCost: z.number().nullable().describe("points, the category's; null with `all`"),
    priority: z.number().describe('by formula; decides the rank'),
    topThreeProbability: z.number().describe('probability that it is among the first three'),
  })
  .readonly();

/** A cluster with its size, its priority and its rank. */
export interface Ranked<Cluster> extends z.infer<typeof rankingSchema> {
  readonly cluster: Cluster;
}
