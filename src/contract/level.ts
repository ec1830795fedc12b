import * as z from 'zod';
import { clusterSchema } from './cluster.ts';
import { GRANULARITIES } from './grouping.ts';

const { id, topThreeProbability, quality } = clusterSchema.unwrap().shape;
const { silhouette, nearest } = quality.unwrap().shape;

export const levelSchema = z
  .object({
    granularity: z.enum(GRANULARITIES),
    clusters: z
      .array(z.object({ id, topThreeProbability, silhouette, nearest }).readonly())
      .readonly()
      .describe('in order of rank, with the properties that vary by level'),
    assignments: z
      .array(z.number().int())
      .readonly()
      .describe(
        'per failure: position in clusters; -1 too few similar failures; -2 between clusters; -3 no text in this view',
      ),
    membership: z.array(z.number()).readonly().describe('per failure; 0 in no cluster'),
  })
  .readonly();

/** All failures divided into clusters at one granularity. */
export type Level = z.infer<typeof levelSchema>;
