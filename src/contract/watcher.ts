import * as z from 'zod';

export const WATCH_METHODS = ['seasonal', 'binomial', 'ewma', 'cusum'] as const;
export type WatchMethod = (typeof WATCH_METHODS)[number];

const WATCH_DIRECTIONS = ['up', 'down', 'both'] as const;
/** Which way is worth an alert. */
export type WatchDirection = (typeof WATCH_DIRECTIONS)[number];

export const WATCH_STATES = [
  'unknown',
  'ok',
  'warning',
  'alert',
  'uninformative',
  'no data',
  'stopped',
  'paused',
] as const;
export type WatchState = (typeof WATCH_STATES)[number];

const VERSION_DIMENSIONS = ['promptVersion', 'release'] as const;
/** The dimension that tells versions of an application apart. */
export type VersionDimension = (typeof VERSION_DIMENSIONS)[number];

const word = z.string().min(1).max(200);

export const watchedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('score'), score: word }).describe('mean of a score'),
  z
    .strictObject({ kind: z.literal('cause'), cause: word.describe('id of the cause') })
    .describe('share of the traces that fail by a cause'),
  z.strictObject({ kind: z.literal('failures') }).describe('share of the traces that fail'),
  z
    .strictObject({ kind: z.literal('novelty') })
    .describe('share of the failures that fit no known cause'),
  z.strictObject({ kind: z.literal('cost') }).describe('cost of a trace, as a geometric mean'),
  z
    .strictObject({ kind: z.literal('latency') })
    .describe('duration of a trace, as a geometric mean'),
  z.strictObject({ kind: z.literal('traffic') }).describe('number of traces'),
  z.strictObject({ kind: z.literal('sources') }).describe('whether every application still sends'),
  z.strictObject({ kind: z.literal('judges') }).describe('whether every online judge still works'),
  z
    .strictObject({
      kind: z.literal('versions'),
      by: z.enum(VERSION_DIMENSIONS),
      floor: z
        .int()
        .min(100)
        .max(1_000_000)
        .default(100)
        .describe('traces that a version and the one before must have until they are compared'),
    })
    .describe('what each new version changed'),
]);

/** What a watcher looks at. */
export type Watched = Readonly<z.infer<typeof watchedSchema>>;

/** Deviations from what is usual at which an alert begins; both must be exceeded. */
const thresholdsSchema = z
  .strictObject({
    short: z.number().gt(0).max(20).describe('of the last hour, in standard deviations'),
    long: z.number().gt(0).max(20).describe('of the last six hours'),
  })
  .readonly();

export const watcherSettingsSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    of: watchedSchema,
    where: z
      .strictObject({
        environment: word.optional(),
        tenant: word.optional(),
        release: word.optional(),
        promptVersion: word.optional(),
      })
      .readonly()
      .default({})
      .describe('only traces with these values'),
    method: z
      .enum(WATCH_METHODS)
      .optional()
      .describe(
        'of means alone: `cusum` for slow shifts (scores by default), `ewma` for levels (cost and latency by default)',
      ),
    direction: z
      .enum(WATCH_DIRECTIONS)
      .optional()
      .describe(
        'which way is worth an alert; by default down for scores, both for traffic, else up',
      ),
    thresholds: thresholdsSchema
      .optional()
      .describe('of rates and counts alone; by default 3 and 2'),
    owner: z.string().trim().max(200).default('').describe('who is named in an alert'),
    channels: z
      .array(z.string().min(1).max(64))
      .max(20)
      .readonly()
      .default([])
      .describe('where alerts go: names of the channels that the operator configured'),
    isPaused: z.boolean().default(false),
  })
  .readonly();

export type WatcherSettings = z.infer<typeof watcherSettingsSchema>;

export interface Watcher extends WatcherSettings {
  readonly id: string;
}
