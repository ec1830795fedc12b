import * as z from 'zod';

/** What traces can be counted by. `signal`: a trace counts under each detector that said yes; `cause`: '' for none. */
export const QUERY_GROUPS = [
  'cause',
  'signal',
  'promptVersion',
  'release',
  'model',
  'tenant',
  'environment',
  'source',
  'status',
  'day',
] as const;
export type QueryGroup = (typeof QUERY_GROUPS)[number];

/** What can be measured of each group. Costs are US dollars. */
export const QUERY_MEASURES = [
  'traces',
  'failed',
  'failureRate',
  'tokens',
  'cost',
  'medianSeconds',
  'p95Seconds',
] as const;
export type QueryMeasure = (typeof QUERY_MEASURES)[number];

export const MOST_QUERY_ROWS = 200;

const text = z.string().min(1).max(500).optional();
const time = z.iso.datetime().optional();

export const traceQuerySchema = z.strictObject({
  filter: z
    .strictObject({
      from: time.describe('start of the trace, inclusive'),
      to: time.describe('exclusive'),
      failed: z.boolean().optional(),
      status: z.enum(['ok', 'error', 'unset']).optional(),
      signal: text.describe('a detector that said yes'),
      cause: text.describe('id'),
      ...{ promptVersion: text, release: text, model: text, tenant: text, environment: text },
    })
    .default({}),
  groupBy: z.array(z.enum(QUERY_GROUPS)).max(3).default([]),
  measures: z
    .array(z.enum(QUERY_MEASURES))
    .min(1)
    .max(QUERY_MEASURES.length)
    .optional()
    .describe('default: traces, failed and failureRate; over files those of them that are known'),
  orderBy: z
    .enum([...QUERY_MEASURES, ...QUERY_GROUPS])
    .optional()
    .describe('a measure, the highest first, or a group in order; default: the first measure'),
  limit: z.int().min(1).max(MOST_QUERY_ROWS).default(50),
});

/** What is measured where nothing is named. */
export const USUAL_MEASURES = ['traces', 'failed', 'failureRate'] as const;

/** Counts and measures of traces by up to three attributes. */
export type TraceQuery = z.infer<typeof traceQuerySchema>;

/** A query with all that it measures, of traces that something else selects. */
export interface MeasureQuery {
  readonly groupBy: readonly QueryGroup[];
  readonly measures: readonly QueryMeasure[];
  readonly orderBy?: QueryMeasure | QueryGroup | undefined;
  readonly limit: number;
}

const queryRowSchema = z.object({
  group: z
    .record(z.string(), z.string())
    .describe("the value of each group; '' where none is recorded"),
  measures: z
    .record(z.string(), z.number().nullable())
    .describe('null where there is nothing to measure'),
});

export type QueryRow = z.infer<typeof queryRowSchema>;

export const queryResultSchema = z.object({
  counted: z.string().describe('what the figures count'),
  rows: z.array(queryRowSchema),
  hasMore: z.boolean().describe('there are more groups than rows'),
});

export type QueryResult = z.infer<typeof queryResultSchema>;
