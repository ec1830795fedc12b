import * as z from 'zod';
import { layerSchema } from './category.ts';
import { narrativeSchema } from './narrative.ts';

const name = z.string().min(1).max(200);
const text = z.string().min(1).max(4_000);

const fixEditSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('add_to_prompt'), text }),
    z.strictObject({
      kind: z.literal('replace_in_prompt'),
      find: text.describe('verbatim, once in the prompt'),
      text,
    }),
    z.strictObject({ kind: z.literal('describe_tool'), tool: name, text }),
    z.strictObject({
      kind: z.literal('describe_argument'),
      tool: name,
      argument: name.describe('fields inside of fields are joined by dots'),
      text,
    }),
    z.strictObject({
      kind: z.literal('allow_values'),
      tool: name,
      argument: name,
      values: z.array(z.string().min(1).max(200)).min(2).max(20).readonly(),
    }),
  ])
  .readonly();

/** One change of a prompt, or of the definition of a tool. */
export type FixEdit = z.infer<typeof fixEditSchema>;

const claimSchema = narrativeSchema.unwrap().shape.claims.unwrap().element;

const fixHypothesisSchema = z
  .object({
    id: z
      .string()
      .regex(/^h-[0-9a-f]{8}$/)
      .describe('of the cause, the change and the text that it changes'),
    proposedBy: z.string().describe('template, or model and address'),
    layer: layerSchema,
    claim: claimSchema.describe('why this would fix it, with the quote that shows it'),
    edits: z.array(fixEditSchema).min(1).readonly(),
    diff: z.string().describe('unified, of the declared files or of what was recorded'),
    cost: z.number().describe('effort, in points, as in the taxonomy'),
  })
  .readonly();

/** A change that may fix a cause. It is worth nothing until it was tried. */
export type FixHypothesis = z.infer<typeof fixHypothesisSchema>;

/**
 * `works`: the slice rose, nothing got worse; `refuted`: something got worse, or the slice did not rise by as much as is worth
 * having; `relocated`: the failures have another cause now; `no_evidence`: the cases cannot decide; `incomplete`: the run is
 * no result.
 */
const fixVerdictSchema = z.enum(['works', 'relocated', 'refuted', 'no_evidence', 'incomplete']);

export type FixVerdict = z.infer<typeof fixVerdictSchema>;

export const fixTrialSchema = z
  .object({
    kind: z.literal('trial'),
    at: z.string().describe('date and time'),
    cause: z.string(),
    hypothesis: fixHypothesisSchema,
    target: z.string().describe('as it was named, without secrets'),
    run: z.string().describe('id of the run that tried it'),
    verdict: fixVerdictSchema,
    sentence: z.string().describe('the verdict in one sentence'),
    needed: z
      .number()
      .int()
      .nullable()
      .describe('about this many more slice cases would decide; null where none would'),
  })
  .readonly();

/** A hypothesis with what trying it came to: a line of `fixes.jsonl`. */
export type FixTrial = z.infer<typeof fixTrialSchema>;
