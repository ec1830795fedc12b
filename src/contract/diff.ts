import * as z from 'zod';
import { layerSchema } from './category.ts';
import { CHANGE_STATES } from './change-state.ts';
import { intervalSchema } from './interval.ts';
import { rateShape } from './rate-shape.ts';
import { statementSchema } from './signal.ts';

/** The format of `culprit diff --json`. It increases when a field changes its meaning or is removed. */
export const DIFF_VERSION = 1;

/** What the mix of the traffic is measured by: groups of traces that are compared like with like. */
export const STRATIFICATIONS = ['operation', 'tenant', 'language', 'intent'] as const;
export type Stratification = (typeof STRATIFICATIONS)[number];

const rates = rateShape('per 1,000 traces; null where no rates can be computed (`noRates`)');

const sideSchema = z
  .object({
    name: z.string().describe('as people read it: `v17`, `before.jsonl`, `2026-11-30`'),
    traces: z.number().int().describe('eligible traces: the exposures of every cause'),
    failed: z.number().int(),
    ...rates,
    firstSeen: z.number().nullable().describe('epoch milliseconds; null without times'),
    lastSeen: z.number().nullable(),
  })
  .readonly();

/** One of the two groups of traces that are compared. */
export type DiffSide = z.infer<typeof sideSchema>;

const causeSideSchema = z
  .object({
    events: z
      .number()
      .describe(
        'failures of the cause; not whole where they are estimated from a sample (`isEstimate`)',
      ),
    exposures: z.number().int().describe('traces that could have failed by it'),
    ...rates,
    exemplars: z.array(z.string()).readonly().describe('trace ids, most typical first; at most 5'),
  })
  .readonly();

/** A cause on one side. */
export type CauseSide = z.infer<typeof causeSideSchema>;

const standardizedSchema = z
  .object({
    by: z.enum(STRATIFICATIONS),
    strata: z.number().int().describe('groups of traces with enough of both sides'),
    covered: z.number().describe('share of the traces of both sides that are in them'),
    before: z.number().describe('rate per 1,000, as if both sides had the mix of both together'),
    after: z.number(),
    difference: z.number().describe('after − before, per 1,000'),
    differenceInterval: intervalSchema.describe('95%'),
    p: z.number().describe('Cochran-Mantel-Haenszel test'),
    q: z.number().describe('Benjamini-Hochberg over the causes that are tested by it'),
    disagrees: z
      .boolean()
      .describe(
        'raw rates differ (q < 0.05) and standardized ones do not, with less than half of the difference left, or the other way round',
      ),
  })
  .readonly();

/** The rates of a cause with the same mix of traffic on both sides. */
export type Standardized = z.infer<typeof standardizedSchema>;

const differenceSchema = z
  .object({
    attribute: z
      .string()
      .describe(
        '`promptVersion`, `release`, `model`, `tenant`, `environment`, `operation`, `language`, `tool`, or `metadata.<key>`',
      ),
    value: z.string().nullable().describe('null: not recorded; for a tool, that it was called'),
    failures: z.number().int().describe('failures of the cause with this value'),
    ofFailures: z.number().int().describe('failures of the cause that were looked at'),
    others: z.number().int().describe('other traces with this value'),
    ofOthers: z.number().int(),
    lift: z
      .number()
      .nullable()
      .describe('share of the failures ÷ share of the others; null where no other trace has it'),
    q: z.number().describe('Fisher or score test, Benjamini-Hochberg over all values compared'),
    followsSide: z
      .boolean()
      .describe('nearly all traces with this value are on one side: it changed together with it'),
    sentence: z.string(),
  })
  .readonly();

/** A value that failures of a cause have more often, or less often, than other traces. */
export type AttributeDifference = z.infer<typeof differenceSchema>;

const causeChangeSchema = z
  .object({
    id: z.string().describe('of the cluster; the same on both sides, and in the report'),
    title: z.string(),
    category: z.string(),
    layer: layerSchema,
    severity: z.number().nullable(),
    isNamed: z
      .boolean()
      .describe('false: what no cause explains; listed, and not counted in the headline'),
    state: z.enum(CHANGE_STATES),
    isMix: z
      .boolean()
      .describe('raw and standardized rates disagree: the traffic changed, or hid the change'),
    isEstimate: z
      .boolean()
      .describe(
        'events are estimated from the sampled failures, by their weights; false: every failure was assigned',
      ),
    before: causeSideSchema,
    after: causeSideSchema,
    difference: z.number().nullable().describe('after − before, per 1,000'),
    differenceInterval: intervalSchema.nullable().describe("Newcombe's 95% interval"),
    ratio: z.number().nullable().describe('after ÷ before; null where there was none before'),
    p: z
      .number()
      .nullable()
      .describe(
        'Fisher’s exact test below 5 expected events, otherwise the score test; null below 100 traces on a side or 5 events together',
      ),
    q: z.number().nullable().describe('Benjamini-Hochberg over the causes tested'),
    needed: z
      .number()
      .int()
      .nullable()
      .describe(
        'more traces per side that would tell: the difference seen or a doubling, at 80% power with as many causes; null where nothing more is needed, or nothing would help',
      ),
    standardized: z
      .array(standardizedSchema)
      .readonly()
      .describe('by each stratification of which both sides have something'),
    differs: z
      .array(differenceSchema)
      .readonly()
      .describe('for a new or grown cause: what its failures have; the most telling first'),
  })
  .readonly();

/** What happened to one cause. */
export type CauseChange = z.infer<typeof causeChangeSchema>;

const mixShiftSchema = z
  .object({
    by: z.enum(STRATIFICATIONS),
    p: z.number().describe('χ² test that both sides have the same mix'),
    isAlarm: z.boolean().describe('p < 0.001'),
    most: z
      .object({ value: z.string(), before: z.number(), after: z.number() })
      .readonly()
      .nullable()
      .describe('the group whose share moved most, with its share of the traces of each side'),
  })
  .readonly();

/** How the traffic of the two sides differs. */
export type MixShift = z.infer<typeof mixShiftSchema>;

export const diffSchema = z
  .object({
    version: z.literal(DIFF_VERSION),
    toolVersion: z.string(),
    by: z
      .string()
      .describe(
        '`file`, `promptVersion`, `release`, `model`, `environment`, `day`, `run`, or a metadata key',
      ),
    before: sideSchema,
    after: sideSchema,
    headline: statementSchema.describe('what changed, in one sentence'),
    noRates: z.string().nullable().describe('why no rates can be computed; null where they are'),
    counts: z
      .record(z.enum(CHANGE_STATES), z.number().int())
      .readonly()
      .describe(
        'named causes by state; those whose change is the mix of the traffic are not counted',
      ),
    mixed: z.number().int().describe('named causes whose change is the mix of the traffic'),
    tested: z.number().int().describe('causes with enough traces and events for a test'),
    causes: z
      .array(causeChangeSchema)
      .readonly()
      .describe('new, grown, gone, shrunk, cannot tell, same; by size of the change'),
    mix: z
      .array(mixShiftSchema)
      .readonly()
      .describe('by each stratification with two groups or more'),
    sampleRatio: z
      .object({
        expected: z.number().describe('share of the traces that should be on the second side'),
        found: z.number(),
        p: z.number().describe('exact binomial or χ² test'),
        isAlarm: z.boolean().describe('p < 0.001'),
      })
      .readonly()
      .nullable()
      .describe('null unless an intended ratio was given'),
    failures: z
      .array(
        z
          .object({
            traceId: z.string(),
            side: z.enum(['before', 'after']),
            cause: z.string().nullable().describe('id; null in no cluster'),
          })
          .readonly(),
      )
      .readonly()
      .describe('sampled failures of both sides, in the order of the analysis'),
    remarks: z.array(z.string()).readonly().describe('what to know when reading the figures'),
  })
  .readonly();

/** What `culprit diff --json` prints: what changed between two groups of traces, and what may be chance. */
export type Diff = z.infer<typeof diffSchema>;
