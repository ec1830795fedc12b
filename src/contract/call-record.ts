import * as z from 'zod';

const startedLine = z
  .object({
    kind: z.literal('started'),
    key: z.string().describe('hash of model, prompt and limit: the same content has the same key'),
    job: z.string().describe('what the budget is for: the same work has the same job'),
    at: z.string().describe('date and time'),
    model: z.string(),
    prompt: z.string().describe('name and version of the instructions'),
    worst: z.number().nullable().describe('US dollars at most; null without a price'),
  })
  .readonly();

const endedLine = z
  .object({
    kind: z.literal('ended'),
    key: z.string(),
    job: z.string(),
    at: z.string(),
    outcome: z
      .enum(['answered', 'refused', 'unclear'])
      .describe(
        'refused: the endpoint took nothing for it; unclear: it did not answer, and may have taken something',
      ),
    text: z.string().nullable(),
    inputTokens: z.number().nullable(),
    outputTokens: z.number().nullable(),
    cost: z.number().nullable().describe('US dollars that count; the worst case where unknown'),
  })
  .readonly();

/** A line of the record of calls, which is JSON Lines. */
export const callLineSchema = z.discriminatedUnion('kind', [startedLine, endedLine]);

export type CallLine = z.infer<typeof callLineSchema>;
export type EndedCall = z.infer<typeof endedLine>;

/** What calls of a job took so far; those without an end count with their worst case. */
export interface CallsSoFar {
  readonly calls: number;
  readonly dollars: number;
}

/** Every call of a model, written before it is made, so that no end of the process lets one be paid for twice. */
export interface CallRecord {
  /** The last call with this content: how it ended, `open` where it did not; null where none was made. */
  find(key: string): EndedCall | 'open' | null;
  soFar(job: string): CallsSoFar;
  /** Has reached the disk when it returns. */
  write(line: CallLine): void;
}
