import * as z from 'zod';

const count = z.number().int();

export const ruleCountSchema = z
  .object({
    rule: z.string().describe('as given'),
    judged: count.describe('traces that hold a value the rule applies to'),
    failed: count.describe('of them, those that it fails'),
  })
  .readonly();

/** What one rule of `scores` caught. */
export type RuleCount = z.infer<typeof ruleCountSchema>;

export const measureRangeSchema = z
  .object({
    name: z.string().describe('as a rule names it; nested columns with dots'),
    from: z
      .enum(['score', 'column', 'run'])
      .describe('a recorded score; a column or attribute; what the run took, such as `cost`'),
    traces: count.describe('traces that have it'),
    range: z
      .tuple([z.number(), z.number()])
      .readonly()
      .nullable()
      .describe('least and greatest number, booleans as 0 and 1; null for words alone'),
    words: z.array(z.string()).readonly().describe('up to five of its words, most frequent first'),
  })
  .readonly();

/** Something in the traces that a rule of `scores` can name. */
export type MeasureRange = z.infer<typeof measureRangeSchema>;
