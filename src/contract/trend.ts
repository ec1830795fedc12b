import * as z from 'zod';
import { layerSchema } from './category.ts';
import { intervalSchema } from './interval.ts';
import { rateShape } from './rate-shape.ts';
import { statementSchema } from './signal.ts';

/** The format of `culprit trend --json`. It increases when a field changes its meaning or is removed. */
export const TREND_VERSION = 1;

const rates = rateShape(
  'failures per 1,000 traces; null without traces, and without rates (`noRates`)',
);

const groupSchema = z
  .object({
    name: z.string().describe('the version, or the beginning of the day or hour: `2026-06-01`'),
    start: z
      .number()
      .nullable()
      .describe('beginning of the day or hour, epoch milliseconds, UTC; null for versions'),
    traces: z.number().int().describe('eligible traces'),
    failures: z.number(),
    ...rates,
    firstSeen: z.number().nullable().describe('epoch milliseconds; null without times'),
    lastSeen: z.number().nullable(),
  })
  .readonly();

/** A version, or a stretch of time. */
export type TrendGroup = z.infer<typeof groupSchema>;

const cellSchema = z
  .object({
    failures: z.number().describe('not whole where they are estimated from a sample'),
    ...rates,
    passShare: z
      .number()
      .nullable()
      .describe('share of the traces without this failure, 0 to 1; null where the rate is'),
  })
  .readonly();

/** A cause in one group. */
export type TrendCell = z.infer<typeof cellSchema>;

export const segmentSchema = z
  .object({
    from: z.number().int().describe('position of its first group'),
    to: z.number().int().describe('position after its last group'),
    ...rates,
  })
  .readonly();

/** A stretch of time in which the rate does not change, as far as can be told. */
export type TrendSegment = z.infer<typeof segmentSchema>;

export const releaseSchema = z
  .object({
    dimension: z.enum(['promptVersion', 'release', 'model']),
    value: z.string(),
    time: z.number().describe('when it was first seen, epoch milliseconds'),
    group: z.number().int().describe('position of the group in which that was'),
    traces: z.number().int().describe('eligible traces with it'),
  })
  .readonly();

/** A version that appeared after the beginning. */
export type TrendRelease = z.infer<typeof releaseSchema>;

export const changePointSchema = z
  .object({
    group: z.number().int().describe('position of the first group after the change'),
    time: z.number().describe('its beginning, epoch milliseconds'),
    before: z.number().describe('rate per 1,000 traces of the segment before; mean of a score'),
    after: z.number(),
    releases: z
      .array(z.string())
      .readonly()
      .describe('versions first seen in this group or in the 24 hours before it'),
  })
  .readonly();

/** Where a rate or a score moved to another level. */
export type ChangePoint = z.infer<typeof changePointSchema>;

const overTimeShape = {
  changePoints: z
    .array(changePointSchema)
    .readonly()
    .nullable()
    .describe('over time only; null where there is too little to look for one'),
};

const causeSchema = z
  .object({
    id: z.string().describe('of the cluster, as in the report'),
    title: z.string(),
    category: z.string(),
    layer: layerSchema,
    severity: z.number().nullable(),
    isNamed: z.boolean().describe('false: failures that no cause explains'),
    failures: z.number(),
    cells: z.array(cellSchema).readonly().describe('in the order of `groups`'),
    segments: z
      .array(segmentSchema)
      .readonly()
      .describe('over time: between the change points; empty for versions'),
    ...overTimeShape,
  })
  .readonly();

/** A cause in every group. */
export type TrendCause = z.infer<typeof causeSchema>;

const meanShape = {
  traces: z.number().int().describe('that have the score'),
  mean: z.number().nullable().describe('null without values'),
  interval: intervalSchema
    .nullable()
    .describe('95% of the mean: Wilson where every value is 0 or 1, else Student; null below two'),
};

/** The mean of a score. */
export const meanSchema = z.object(meanShape).readonly();

export const scoreSchema = z
  .object({
    name: z.string(),
    good: z.enum(['high', 'low']).nullable().describe('null where the name does not tell'),
    cells: z.array(meanSchema).readonly().describe('in the order of `groups`'),
    rolling: z
      .array(
        z
          .object({ start: z.number().describe('epoch milliseconds, UTC'), ...meanShape })
          .readonly(),
      )
      .readonly()
      .describe(
        'means of the stretches of time (`rolling` of the trend) that end with each day or hour; empty without times',
      ),
    ...overTimeShape,
  })
  .readonly();

/** A score in every group. */
export type TrendScore = z.infer<typeof scoreSchema>;

export const trendSchema = z
  .object({
    version: z.literal(TREND_VERSION),
    toolVersion: z.string(),
    by: z
      .string()
      .describe(
        '`promptVersion`, `release`, `model`, `environment`, `day`, `hour` or `metadata.<key>`',
      ),
    isTime: z.boolean().describe('groups are stretches of time of one width'),
    headline: statementSchema.describe('what moved, in one sentence'),
    noRates: z.string().nullable().describe('why no rates can be computed; null where they are'),
    traces: z.number().int().describe('eligible traces in these groups'),
    without: z.number().int().describe('eligible traces without a time or a version: left out'),
    rolling: z
      .enum(['7 days', '24 hours'])
      .nullable()
      .describe('what the rolling means of scores are over; null without times'),
    groups: z
      .array(groupSchema)
      .readonly()
      .describe('versions in order of appearance; days and hours without a gap, also empty ones'),
    releases: z
      .array(releaseSchema)
      .readonly()
      .describe('versions that appeared after the beginning, in order; at most 20'),
    failing: z
      .object({ segments: z.array(segmentSchema).readonly(), ...overTimeShape })
      .readonly()
      .describe('all failures together, over time'),
    causes: z.array(causeSchema).readonly().describe('in order of rank'),
    scores: z.array(scoreSchema).readonly().describe('most traces first; at most 30'),
    remarks: z.array(z.string()).readonly().describe('what to know when reading the figures'),
  })
  .readonly();

/** What `culprit trend --json` prints: rates of causes and means of scores by version, or over time. */
export type Trend = z.infer<typeof trendSchema>;
