import * as z from 'zod';
import { conditionSchema } from './condition.ts';

export const causeSchema = z
  .object({
    condition: conditionSchema.describe(
      'what its members share; a failure belongs to the first cause in rank whose condition it meets',
    ),
    state: z
      .enum(['tested', 'form', 'detector', 'untested'])
      .describe(
        'tested: it separates failed from passed traces better than the best condition found by chance; form: it says by its form that something went wrong; detector: a detector names it; untested: too few traces to tell it from chance',
      ),
    meets: z
      .object({
        failed: z.number().int().describe('failed traces that meet the condition'),
        failures: z.number().int().describe('failed traces that were looked at'),
        passed: z.number().int().describe('other traces that meet the condition'),
        passes: z.number().int().describe('other traces that were looked at'),
        isEstimate: z.boolean().describe('counted in a random draw of the traces and scaled'),
      })
      .readonly(),
    toSettle: z
      .number()
      .int()
      .nullable()
      .describe(
        'where it is not tested: failed traces that would settle it; null where nothing can',
      ),
    returns: z
      .number()
      .nullable()
      .describe(
        'share of resamples in which it came back; null where it was not found by contrast',
      ),
    mayLead: z.boolean().describe('it may come first'),
    place: z
      .number()
      .int()
      .nullable()
      .describe('its place among the causes found by contrast, which rank keeps'),
  })
  .readonly();

/** Why failures failed, as a condition that can be evaluated on any trace. */
export type Cause = z.infer<typeof causeSchema>;

export const leftoverSchema = z
  .object({
    compared: z.boolean().describe('failed traces were compared with passed ones'),
    toSettle: z
      .number()
      .int()
      .nullable()
      .describe('failed traces with one cause that would be enough to tell it from chance'),
    isPart: z.boolean().describe('some of the leftovers, which look alike'),
  })
  .readonly();

/** Failures that no cause explains. */
export type Leftover = z.infer<typeof leftoverSchema>;
