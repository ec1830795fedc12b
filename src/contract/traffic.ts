import * as z from 'zod';
import { CHANGE_STATES } from './change-state.ts';
import { DIMENSIONS, type Dimension } from './dimension.ts';
import { intervalSchema } from './interval.ts';

/** Exact counts over all eligible traces, from which the traffic of the record is made. */
export interface TrafficCounts {
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  /** Fine buckets of which the first is not empty; null without times. */
  readonly buckets: Buckets | null;
  readonly facets: Readonly<Record<Dimension, FacetCounts>>;
}

export interface FacetCounts {
  /** Traces that have a value. */
  readonly recorded: number;
  /** Of up to 4,000 values, by name. */
  readonly values: ReadonlyMap<string, ValueCount>;
}

export interface ValueCount {
  readonly traces: number;
  readonly failed: number;
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
}

const momentSchema = z.number().nullable().describe('epoch milliseconds; null without times');

export const seenSchema = z.object({ firstSeen: momentSchema, lastSeen: momentSchema });

const rateShape = {
  ratePerThousand: z.number().describe('failures per 1,000 traces'),
  rateInterval: intervalSchema.describe('95% Wilson interval of the rate'),
};

const changeSchema = z
  .object({
    from: z.string().describe('the version before'),
    to: z.string(),
    state: z
      .enum(CHANGE_STATES)
      .describe(
        'new, gone, grown and shrunk passed the test; same excludes a doubling and a halving; cannot tell: neither',
      ),
    difference: z.number().describe('of the rates per 1,000'),
    differenceInterval: intervalSchema.describe("Newcombe's 95% interval of the difference"),
    ratio: z.number().nullable().describe('of the rates; null where there was none before'),
    q: z
      .number()
      .nullable()
      .describe(
        'Fisher or score test, Benjamini-Hochberg over the causes of a level; null below 100 traces on a side or 5 failures together',
      ),
  })
  .readonly();

/** How a rate moved from one version to the next. */
export type Change = z.infer<typeof changeSchema>;

const STANDINGS = ['only here', 'more', 'less', 'same', 'cannot tell'] as const;

const standingShape = {
  lift: z.number().nullable().describe('rate divided by that of the rest; null where that is 0'),
  standing: z
    .enum(STANDINGS)
    .nullable()
    .describe(
      'against the rest: more, less and only here passed the test; same excludes a doubling and a halving; null where there are changes',
    ),
  q: z
    .number()
    .nullable()
    .describe(
      'Fisher or score test, Benjamini-Hochberg over causes and values; null below 20 traces of a tenant, 100 of a version, or 5 failures',
    ),
};

export const breakdownSchema = z
  .object({
    dimension: z.enum(DIMENSIONS),
    values: z
      .array(
        z
          .object({
            value: z.string(),
            failures: z.number().describe('estimated for the whole input'),
            traces: z.number().int().describe('eligible traces of the input with this value'),
            ...rateShape,
            ...standingShape,
          })
          .readonly(),
      )
      .readonly()
      .describe(
        'versions that follow each other in order of appearance, others by failures; at most 12',
      ),
    changes: z
      .array(changeSchema)
      .readonly()
      .describe(
        'between versions that follow each other; none for values that stand side by side: tenants, and versions in use at once',
      ),
  })
  .readonly();

/** Where and in which versions a cause occurs. */
export type Breakdown = z.infer<typeof breakdownSchema>;

export const badgeSchema = z
  .object({
    kind: z.enum(['only in', 'new', 'gone', 'grown', 'shrunk', 'more in']),
    dimension: z.enum(DIMENSIONS),
    value: z.string().describe('the version or tenant that it speaks of'),
    text: z.string().describe('as people read it: “only in support-v4”, “1.5× since v4”'),
  })
  .readonly();

/** A difference between versions or tenants that passed its test, in two to five words. */
export type Badge = z.infer<typeof badgeSchema>;

const facetSchema = z
  .object({
    dimension: z.enum(DIMENSIONS),
    recorded: z.number().int().describe('eligible traces that have a value'),
    distinct: z.number().int().describe('different values; at most 4,000 are told apart'),
    values: z
      .array(
        z
          .object({
            value: z.string(),
            traces: z.number().int(),
            failed: z.number().int(),
            ...rateShape,
            ...seenSchema.shape,
          })
          .readonly(),
      )
      .readonly()
      .describe('versions in order of appearance, tenants by traces; the 50 with the most traces'),
    changes: z
      .array(changeSchema)
      .readonly()
      .describe('of the share of failed traces, between versions that follow each other'),
  })
  .readonly();

/** How many traces each version or tenant has, and how many of them failed. */
export type Facet = z.infer<typeof facetSchema>;

const bucketsSchema = z
  .object({
    start: z.number().describe('of the first bucket, epoch milliseconds, UTC'),
    width: z.number().describe('of each bucket, milliseconds'),
    traces: z.array(z.number().int()).readonly().describe('eligible traces per bucket'),
    failed: z.array(z.number().int()).readonly().describe('of them, failed'),
  })
  .readonly();

/** The time of the traces in at most 32 buckets. */
export type Buckets = z.infer<typeof bucketsSchema>;

export const trafficSchema = z
  .object({
    ...seenSchema.shape,
    buckets: bucketsSchema.nullable().describe('null without times, or with a single moment'),
    facets: z.array(facetSchema).readonly().describe('dimensions of which something is recorded'),
  })
  .readonly();

/** All eligible traces of the input by time, version and tenant. */
export type Traffic = z.infer<typeof trafficSchema>;
