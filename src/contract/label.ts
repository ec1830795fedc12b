import * as z from 'zod';
import { layerSchema } from './category.ts';
import { contrastSchema } from './contrast.ts';
import { evidenceSchema } from './signal.ts';
import { whySchema } from './why.ts';

const causeEvidenceSchema = evidenceSchema
  .unwrap()
  .extend({
    traceId: z.string(),
    shown: z
      .string()
      .describe(
        'the quote as people read it: an argument within its call, a result with its tool, a text without the JSON around it',
      ),
  })
  .readonly();

/** A quote that shows a cause. */
export type CauseEvidence = z.infer<typeof causeEvidenceSchema>;

export const clusterLabelSchema = z
  .object({
    title: z.string().describe('proposed root cause'),
    category: z.string().describe('id in the taxonomy, or unexplained'),
    layer: layerSchema.describe(
      'where the fix goes by the first reason in why; unknown where nothing recorded points anywhere',
    ),
    usualLayer: layerSchema.describe('where failures of the category are usually fixed'),
    why: z.array(whySchema).readonly().describe('likely reasons, the most telling first'),
    cause: z
      .array(z.string())
      .readonly()
      .nullable()
      .describe(
        'the cause that at least half of the members share, within the category, most general part first; null when there is none',
      ),
    reasons: z
      .array(z.string())
      .readonly()
      .describe('why these failures belong together, one sentence each'),
    contrasts: z
      .array(contrastSchema)
      .readonly()
      .describe('steps that similar passing traces take more or less often, most telling first'),
    terms: z
      .array(
        z
          .object({
            term: z.string(),
            score: z.number().describe('z of the log-odds ratio against all other failures'),
          })
          .readonly(),
      )
      .readonly()
      .describe('distinctive words and pairs of words, strongest first'),
    exemplars: z.array(z.string()).readonly().describe('trace ids, nearest the center first'),
    evidence: z
      .array(causeEvidenceSchema)
      .readonly()
      .describe('the first quote of each exemplar with the shared cause'),
  })
  .readonly();

/** What a cluster is proposed to mean. Every claim has its evidence. */
export interface ClusterLabel extends z.infer<typeof clusterLabelSchema> {
  /** What makes it the same cause in another run: category, detector and cause; null when no cause is shared. */
  readonly identity: readonly string[] | null;
  /** The most similar passing trace of each exemplar that has one, in the order of the exemplars. */
  readonly counterparts: readonly Counterpart[];
}

/** A failure and the passing trace most similar to it. */
export interface Counterpart {
  /** Ids of traces. */
  readonly failing: string;
  readonly passing: string;
  /** 0 to 1. */
  readonly similarity: number;
}
