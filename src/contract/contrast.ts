import * as z from 'zod';

const countSchema = z.object({ count: z.number().int(), of: z.number().int() }).readonly();

export const contrastSchema = z
  .object({
    tool: z.string().describe('the tool whose calls differ'),
    event: z.enum(['called', 'failed']),
    failing: countSchema.describe(
      'members looked at, and those of them that call it, or in which it fails',
    ),
    passing: countSchema.describe('the same of the most similar passing traces'),
    p: z.number().describe("Fisher's exact test, Holm-corrected over all tools"),
    sentence: z
      .string()
      .describe(
        'without the final period: “No failing trace calls `list_orders`; 58% of similar passing traces do”',
      ),
  })
  .readonly();

/** A step that failing and similar passing traces take clearly not equally often: 30 points apart and p < 0.05. */
export type Contrast = z.infer<typeof contrastSchema>;
