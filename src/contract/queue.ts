import * as z from 'zod';

const QUEUE_KINDS = ['traces', 'causes'] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

/** What makes a failure worth a look whatever it is. */
const CALLS = ['new_kind', 'disagreement', 'edge'] as const;

export const queueRuleSchema = z
  .strictObject({
    reason: z
      .enum(CALLS)
      .describe(
        '`new_kind`: it meets the condition of no cause; `disagreement`: scores and detectors, people, or people and one of these say different things of it; `edge`: it meets the conditions of several causes',
      )
      .optional(),
    signal: z.string().min(1).max(200).describe('a detector that found something').optional(),
    score: z
      .strictObject({ name: z.string().min(1).max(200), below: z.number() })
      .describe('a score under a threshold')
      .optional(),
    cause: z.string().min(1).max(100).describe('id of the cause it belongs to').optional(),
    tenant: z.string().min(1).max(500).optional(),
    sample: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe('share of the traces that meet the rest; which ones depends on their ids alone'),
  })
  .readonly();

/** Which failed traces go into a queue: all that is given must hold. */
export type QueueRule = z.infer<typeof queueRuleSchema>;

export const queueSettingsSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    annotators: z.int().min(1).max(5).default(1).describe('answers that each item needs'),
    blind: z
      .boolean()
      .default(false)
      .describe('no proposal, verdict or note of others until an item has all its answers'),
    rules: z
      .array(queueRuleSchema)
      .max(20)
      .readonly()
      .default([])
      .describe('a failed trace that meets one of them is added when it is finished'),
    isClosed: z.boolean().default(false).describe('gives out and takes in nothing any more'),
  })
  .readonly();

export type QueueSettings = z.infer<typeof queueSettingsSchema>;

export const newQueueSchema = queueSettingsSchema
  .unwrap()
  .omit({ isClosed: true })
  .extend({ kind: z.enum(QUEUE_KINDS) })
  .readonly();

export interface Queue extends QueueSettings {
  readonly id: string;
  readonly kind: QueueKind;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly by: string;
}

export const REASON_KINDS = [
  ...(['error', 'thumbs_down', 'low_score', ...CALLS] as const),
  ...(['signal', 'cause', 'rank', 'chosen'] as const),
] as const;

/** Why an item is in its queue, with its points. */
export interface Reason {
  readonly kind: (typeof REASON_KINDS)[number];
  /** Name of the score or detector, id of the cause, its rank, who disagree; '' otherwise. */
  readonly name: string;
  readonly points: number;
}

export interface QueueItem {
  readonly id: string;
  readonly queue: string;
  /** Id of the trace or the cause. */
  readonly subject: string;
  /** The highest of its reasons. */
  readonly points: number;
  readonly reasons: readonly Reason[];
  /** Answers that it needs. */
  readonly wanted: number;
  /** People who answered. */
  readonly answered: readonly string[];
  /** People who work on it, with the end of their reservation; epoch milliseconds. */
  readonly holders: Readonly<Record<string, number>>;
  /** People who put it off. */
  readonly deferred: readonly string[];
  /** Id of the label that settles a disagreement; null for none. */
  readonly settled: string | null;
}
