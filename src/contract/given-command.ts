import * as z from 'zod';

export const givenCommandSchema = z
  .object({
    files: z.array(z.string()).readonly().describe('as they were named'),
    flags: z
      .array(z.string())
      .readonly()
      .describe('options of the analysis as they were typed, one word each; no secret among them'),
  })
  .readonly();

/** The command line that an analysis was made with, so that the same causes can be found again. */
export type GivenCommandRecord = z.infer<typeof givenCommandSchema>;
