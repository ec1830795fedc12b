import * as z from 'zod';
import { ANALYSIS_VERSION } from './analysis-version.ts';
import { analyzedFailureSchema } from './analyzed-failure.ts';
import { clusterSchema } from './cluster.ts';
import { collectReportSchema } from './collection.ts';
import { detectorCountSchema, outcomeCountsSchema, suspectsSchema } from './detected.ts';
import { fileFactsSchema } from './file-facts.ts';
import { funnelStageSchema } from './funnel.ts';
import { givenCommandSchema } from './given-command.ts';
import { headlineSchema } from './headline.ts';
import { judgingSchema } from './judging.ts';
import { levelSchema } from './level.ts';
import { measureRangeSchema, ruleCountSchema } from './measured.ts';
import { narratingSchema } from './narrative.ts';
import { recordedOptionsSchema } from './options.ts';
import { trafficSchema } from './traffic.ts';

export { ANALYSIS_VERSION };

/** What `culprit analyze --json` prints: documented in docs/json.md, JSON Schema by `culprit schema`. */
export const analysisSchema = z
  .object({
    version: z.literal(ANALYSIS_VERSION, {
      error: `must be ${ANALYSIS_VERSION}; for another version, run culprit analyze again on the traces`,
    }),
    toolVersion: z.string().describe('version of culprit that wrote this'),
    command: givenCommandSchema
      .nullable()
      .default(null)
      .describe('how it was called; null from code, and where its input cannot be read again'),
    ...collectReportSchema.unwrap().shape,
    headline: headlineSchema,
    traffic: trafficSchema,
    failedCount: z.number().int().describe('traces that failed'),
    funnel: z
      .array(funnelStageSchema)
      .readonly()
      .describe('the stages in order; with `all`, without `failed`, as all traces go on'),
    gaps: z
      .array(z.object({ kind: z.string(), count: z.number() }).readonly())
      .readonly()
      .describe('what the recorder left out'),
    detectors: z.array(detectorCountSchema).readonly(),
    suspects: suspectsSchema,
    outcomes: outcomeCountsSchema,
    rules: z.array(ruleCountSchema).readonly().describe('what each rule of `scores` caught'),
    measures: z
      .array(measureRangeSchema)
      .readonly()
      .describe('scores, columns and measures of a run that a rule can name; 64 at most'),
    judging: judgingSchema.nullable().describe('checks in plain language; null without'),
    narrating: narratingSchema
      .optional()
      .describe('what asking the label model came to; missing without one'),
    facts: fileFactsSchema.describe('facts of the whole input that detectors used'),
    options: recordedOptionsSchema.describe('every option of the run, with the defaults filled in'),
    formula: z.string(),
    clusters: z
      .array(clusterSchema)
      .readonly()
      .describe('clusters of the requested level, in order of rank'),
    otherClusters: z
      .array(clusterSchema)
      .readonly()
      .describe(
        'clusters that only other levels have; rank, topThreeProbability, silhouette and nearest are those at the level nearest to medium',
      ),
    level: z
      .number()
      .int()
      .describe('position in levels of the one that clusters and failures show'),
    levels: z
      .array(levelSchema)
      .readonly()
      .describe(
        'coarse to fine; a level with as many clusters, within a twentieth, as its neighbor nearer to medium is left out',
      ),
    failures: z
      .array(analyzedFailureSchema)
      .readonly()
      .describe('the sampled failures; with `all`, the sampled traces'),
  })
  .readonly();

/** The record of a run. */
export type Analysis = z.infer<typeof analysisSchema>;
