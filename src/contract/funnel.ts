import * as z from 'zod';

/** The stages of a run, in order. */
const STAGES = [
  'received',
  'eligible',
  'failed',
  'sampled',
  'embedded',
  'clustered',
  'labeled',
] as const;

export const funnelStageSchema = z
  .object({
    name: z.enum(STAGES),
    count: z.number(),
    dropped: z
      .array(z.object({ reason: z.string(), count: z.number() }).readonly())
      .readonly()
      .describe('why the rest of the previous stage did not get here'),
  })
  .readonly();

/** How many traces reached a stage, and why the rest of the previous stage did not. */
export type FunnelStage = z.infer<typeof funnelStageSchema>;
