import * as z from 'zod';
import { causeSchema, leftoverSchema } from './cause.ts';
import { clusterLabelSchema } from './label.ts';
import { narrativeSchema } from './narrative.ts';
import { rankingSchema } from './ranked.ts';
import { badgeSchema, breakdownSchema, seenSchema } from './traffic.ts';

const clusterQualitySchema = z
  .object({
    persistence: z.number().nullable().describe('HDBSCAN stability relative to its life, 0 to 1'),
    membership: z.number().describe('mean membership probability'),
    silhouette: z
      .number()
      .nullable()
      .describe(
        'similarity to its own cluster compared with the nearest other cluster, -1 to 1; null when alone',
      ),
    stability: z
      .number()
      .nullable()
      .describe(
        'mean Jaccard overlap in resamples of 80%; from 0.75 on stable, below 0.6 unstable; null above 5,000 failures',
      ),
    nearest: z.string().nullable().describe('id of the nearest other cluster'),
  })
  .readonly();

/** How far a cluster can be trusted. */
export type ClusterQuality = z.infer<typeof clusterQualitySchema>;

const { condition, state, meets, toSettle, returns } = causeSchema.unwrap().shape;

/** Null for clusters of similar failures and for leftovers. */
const recordedCause = {
  condition: condition.nullable(),
  state: state.nullable(),
  meets: meets.nullable(),
  toSettle,
  returns,
};

export const clusterSchema = z
  .object({
    id: z.string().describe('`c-` and 8 hex digits; the same cause keeps it from run to run'),
    ...rankingSchema.unwrap().shape,
    ...clusterLabelSchema.unwrap().shape,
    ...recordedCause,
    leftover: leftoverSchema.nullable().describe('set where no cause explains these failures'),
    quality: clusterQualitySchema,
    ...seenSchema.shape,
    trend: z
      .array(z.number())
      .readonly()
      .nullable()
      .describe('estimated failures per bucket of traffic.buckets; null without buckets'),
    breakdowns: z
      .array(breakdownSchema)
      .readonly()
      .describe('by each dimension of which two values are recorded'),
    narrative: narrativeSchema
      .optional()
      .describe('what the label model proposes; missing where none was asked, or none answered'),
    badges: z.array(badgeSchema).readonly().describe('what passed its test, most telling first'),
  })
  .readonly();

/** A proposed root cause: what it is, how much of the failures it explains, its priority, and the evidence. */
export type Cluster = z.infer<typeof clusterSchema>;
