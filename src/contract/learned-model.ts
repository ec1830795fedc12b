import * as z from 'zod';
import { fileFactsSchema } from './file-facts.ts';
import { policyInputSchema } from './policy.ts';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const interval = z.tuple([z.number(), z.number()]).readonly();
const estimate = z
  .object({ value: z.number(), interval: interval.describe('95%, by bootstrap over tasks') })
  .readonly();

const LABEL_SOURCES = ['people', 'program', 'recorded', 'judge'] as const;

const labelSourceSchema = z
  .object({
    kind: z
      .enum(LABEL_SOURCES)
      .describe('people, code, a recorded outcome of unknown origin, or a judge that is imitated'),
    name: z.string().describe('the score, column, file or server that the labels come from'),
  })
  .readonly();

/** Who said which traces failed. Labels of people are never mixed with those of a judge. */
export type LabelSource = z.infer<typeof labelSourceSchema>;

export const learnedCardSchema = z
  .object({
    state: z
      .enum(['in_use', 'on_trial', 'no_saving'])
      .describe(
        'in_use: better than the rules beyond chance; on_trial: the same, from fewer than 100 labels; no_saving: not better than the rules beyond chance',
      ),
    source: labelSourceSchema,
    labels: count,
    failed: count,
    tasks: count.describe('groups of labels of one request or session, which folds keep together'),
    curve: estimate.describe('area under the ROC curve of the model, out of fold'),
    rules: z
      .object({
        curve: estimate,
        precision: share.nullable().describe('null where the rules flag none'),
        recall: share,
      })
      .readonly()
      .describe('of any detector having a finding, on the same labels'),
    gain: estimate.describe('area of the model less that of the rules, paired'),
    recall: share.nullable().describe('of the model, at the precision of the rules'),
    calibration: z
      .object({
        error: share.describe('expected calibration error in ten bins, out of fold'),
        chance: share.describe('what exactly right probabilities would show on so many labels'),
      })
      .readonly(),
    cascade: z
      .object({
        decided: share.describe('share of the labels that needs no judge'),
        suspect: share.describe('of the labels, called suspect'),
        precision: share.nullable().describe('of those called suspect'),
        recall: share.describe('share of the failed that are called suspect'),
        missed: share.describe('share of the failed that are called sound'),
      })
      .readonly()
      .nullable()
      .describe('out of fold; null where the bounds need more tasks of each class'),
    agreement: share
      .nullable()
      .describe('with the judge that is imitated, out of fold; null for labels of people'),
    vectors: z.boolean().describe('whether cross-validation chose vectors of the texts too'),
    penalty: z.number().describe('chosen by cross-validation'),
  })
  .readonly();

/** What a learned model is worth, by labels that it was not fitted to. */
export type LearnedCard = z.infer<typeof learnedCardSchema>;

const boundsSchema = z
  .object({
    risk: share.describe('of each error, at most'),
    suspectAbove: share.describe('at most this share of the sound traces lies above'),
    soundBelow: share.describe('at most this share of the failed traces lies below'),
  })
  .readonly();

export const LEARNED_MODEL_VERSION = 1;

export const learnedModelSchema = z
  .object({
    kind: z.literal('learned model'),
    version: z.literal(LEARNED_MODEL_VERSION),
    culprit: z.string().describe('version of Culprit whose detectors it was fitted to'),
    detectors: z.array(z.string()).readonly().describe('ids of these detectors'),
    options: z
      .object({ stepBudget: z.int().min(2), policy: policyInputSchema.nullable() })
      .readonly()
      .describe('what the detectors were told about the application'),
    facts: fileFactsSchema.describe('of the traces that it was fitted to'),
    card: learnedCardSchema,
    intercept: z.number(),
    features: z
      .array(
        z
          .object({
            name: z.string(),
            mean: z.number().describe('taken off first; stands in where the figure is missing'),
            spread: z.number().describe('its standard deviation among the labeled traces'),
            weight: z.number().describe('per unit of the figure'),
          })
          .readonly(),
      )
      .readonly(),
    vectors: z
      .object({
        embedder: z.string().describe('id, with its version'),
        mean: z.base64().describe('float32, little-endian: of the answer, then of the request'),
        weights: z.base64().describe('the same form'),
      })
      .readonly()
      .nullable(),
    bounds: boundsSchema
      .nullable()
      .describe('conformal, by tasks; null where there are too few of a class'),
    reference: z
      .array(share)
      .readonly()
      .describe('probabilities of the labeled traces, out of fold, ascending; at most 1,000'),
  })
  .readonly();

/** A model of one project that says how likely a trace failed, from what detectors say and what covers what. */
export type LearnedModel = z.infer<typeof learnedModelSchema>;

const suspectSchema = z
  .object({
    traceId: z.string(),
    p: share.describe('probability that people would call it failed'),
    call: z
      .enum(['suspect', 'sound', 'unsure'])
      .nullable()
      .describe('by the bounds; null without bounds, or where they were withdrawn'),
    rules: z.boolean().describe('whether a detector has a finding'),
  })
  .readonly();

/** A trace as a learned model sees it. It is suspect, never failed. */
export type Suspect = z.infer<typeof suspectSchema>;

export const suspectsSchema = z
  .object({
    state: z.enum(['in_use', 'on_trial']),
    source: labelSourceSchema,
    drifted: z
      .boolean()
      .describe('the probabilities differ from those of the labeled traces beyond chance'),
    bounds: boundsSchema.nullable().describe('null without bounds, or where they were withdrawn'),
    suspects: z.array(suspectSchema).readonly().describe('every trace, the most suspect first'),
  })
  .readonly();

/** Traces in the order in which a learned model suspects them. */
export type Suspects = z.infer<typeof suspectsSchema>;
