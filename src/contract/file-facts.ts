import * as z from 'zod';

/** Facts of a whole input that no single trace holds. Frozen: the record of a run keeps them. */
export const fileFactsSchema = z
  .object({
    traces: z.number().int().describe('traces read'),
  })
  .readonly();

export type FileFacts = z.infer<typeof fileFactsSchema>;
