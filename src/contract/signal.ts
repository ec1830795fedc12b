import * as z from 'zod';
import { TIERS } from './tier.ts';

export const VERDICTS = ['yes', 'no', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const evidenceSchema = z
  .object({
    spanId: z.string().nullable(),
    path: z
      .string()
      .describe(
        'JSON Pointer (RFC 6901) into the canonical trace, for example /messages/3/toolCalls/0/arguments/order_id',
      ),
    quote: z
      .string()
      .describe(
        'verbatim text of the value at path, 400 characters at most (strings as they are, other values as compact JSON)',
      ),
  })
  .readonly();

/** A verbatim piece of a trace. */
export type Evidence = z.infer<typeof evidenceSchema>;

const slotSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['tool', 'field', 'number', 'word']), value: z.string() }).readonly(),
  z
    .object({
      kind: z.literal('chain').describe('tools called one after the other'),
      value: z.array(z.string()).readonly(),
    })
    .readonly(),
]);

/** Something a statement names. Never a user's value. */
export type Slot = z.infer<typeof slotSchema>;

export const statementSchema = z
  .object({
    template: z
      .string()
      .describe('one sentence without the final period; {0}, {1}, … stand for the slots'),
    slots: z.array(slotSchema).readonly(),
  })
  .readonly();

/** What happened, as a sentence whose names are apart from its words, so that statements can be compared and counted. */
export type Statement = z.infer<typeof statementSchema>;

export const signalSchema = z
  .object({
    detector: z.string(),
    verdict: z.enum(VERDICTS),
    tier: z.enum(TIERS),
    category: z
      .string()
      .nullable()
      .describe('id in the taxonomy; null where the signal says that the trace failed, not why'),
    cause: z
      .array(z.string())
      .readonly()
      .describe(
        'what kind of failure within the category, most general first, ids and values masked: the same cause in two traces gives the same list',
      ),
    statement: statementSchema,
    confidence: z.number().min(0).max(1).describe('1 for what code can prove'),
    spanId: z.string().nullable().describe('the first span that went wrong, as far as is known'),
    evidence: z.array(evidenceSchema).readonly(),
  })
  .readonly();

/** One reason to call a trace failed, three-valued. */
export type Signal = z.infer<typeof signalSchema>;
