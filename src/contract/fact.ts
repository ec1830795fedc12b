import * as z from 'zod';
import { statementSchema } from './signal.ts';

/** What a fact may be used for, most telling first. */
const FACT_ROLES = ['form', 'signal', 'act', 'speech', 'size', 'cause'] as const;

/**
 * `form`: says by its own form that something went wrong; `signal`: a detector says so; `act`: what the run did;
 * `speech`: how the answer is worded; `size`: how long or how many; `cause`: the likeliest cause by detectors. Speech and
 * size never name a first cause by themselves.
 */
export type FactRole = (typeof FACT_ROLES)[number];

export const factColumnSchema = z
  .object({
    key: z.string().describe('kind and masked parts: the same fact in two traces has the same key'),
    kind: z.string(),
    role: z.enum(FACT_ROLES),
    weight: z.number().describe('how telling this kind of fact is, about 1'),
    grouped: z.boolean().describe('used to measure how alike two failures are'),
    statement: statementSchema,
  })
  .readonly();

/** A kind of thing that traces of an input may share. */
export type FactColumn = z.infer<typeof factColumnSchema>;
