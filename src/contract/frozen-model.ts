import * as z from 'zod';
import { conditionSchema } from './condition.ts';
import { fileFactsSchema } from './file-facts.ts';

const knownCauseSchema = z
  .object({
    id: z.string(),
    condition: conditionSchema
      .nullable()
      .describe('null for failures that no condition describes: none is assigned to them'),
  })
  .readonly();

/** What tells whether a failure belongs to a cause. */
export type KnownCause = z.infer<typeof knownCauseSchema>;

const identifiedCauseSchema = z
  .object({
    id: z.string(),
    fingerprint: z
      .string()
      .nullable()
      .describe('hash of category, detector and shared cause, or of the facts of its condition'),
    members: z.array(z.string()).readonly().describe('trace ids, of the sample'),
  })
  .readonly();

/** What tells whether a cause of another analysis is the same. */
export type IdentifiedCause = z.infer<typeof identifiedCauseSchema>;

const rememberedCauseSchema = identifiedCauseSchema
  .unwrap()
  .extend({ condition: conditionSchema.nullable() })
  .readonly();

/** A cause that people have decided about, as an analysis last found it. */
export type RememberedCause = z.infer<typeof rememberedCauseSchema>;

/** A cause that there is before an analysis. One that is settled stays as it is: people have accepted it. */
export interface StandingCause extends RememberedCause {
  readonly isSettled: boolean;
}

/** Two causes that a clustering does not put together, because people have decided about the pair. */
export interface ApartCauses {
  readonly causes: readonly [RememberedCause, RememberedCause];
  /** One counts for the other: they are two clusters all the same, so that this can be undone at any time. */
  readonly isMerged: boolean;
}

export const FROZEN_MODEL_VERSION = 1;

export const frozenModelSchema = z
  .object({
    version: z.literal(FROZEN_MODEL_VERSION),
    facts: fileFactsSchema.describe('by which a trace is judged and its facts are read'),
    causes: z.array(knownCauseSchema).readonly().describe('in order of rank'),
    identities: z
      .array(identifiedCauseSchema)
      .readonly()
      .describe('of the causes of every level, those listed first'),
    remembered: z
      .array(rememberedCauseSchema)
      .readonly()
      .default([])
      .describe('causes that people have decided about and that this analysis did not find'),
  })
  .readonly();

/** Everything of an analysis that is needed later: to judge one trace, to assign it to a cause, and to know a cause again. */
export type FrozenModel = z.infer<typeof frozenModelSchema>;
