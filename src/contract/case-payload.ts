import * as z from 'zod';
import { fileFactsSchema } from './file-facts.ts';
import { policyInputSchema } from './policy.ts';
import type { Document, Message, ToolCall, ToolDefinition, Trace } from './trace.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = <Item>(...fields: readonly string[]) =>
  z.custom<readonly Item[]>(
    (value) =>
      Array.isArray(value) &&
      value.every(
        (item) => isObject(item) && fields.every((field) => typeof item[field] === 'string'),
      ),
    {
      error:
        fields.length === 0
          ? 'must be a list'
          : `must be a list of objects with ${fields.join(', ')}`,
    },
  );

const traceForm = z.custom<Trace>(
  (value) =>
    isObject(value) &&
    ['id', 'input', 'output', 'status'].every((field) => typeof value[field] === 'string') &&
    ['messages', 'tools', 'documents', 'scores', 'spans', 'gaps', 'tags'].every((field) =>
      Array.isArray(value[field]),
    ) &&
    ['usage', 'metadata', 'origin'].every((field) => isObject(value[field])),
  { error: 'must be a canonical trace' },
);

/** What a tool answered when the trace was recorded. */
export interface RecordedResult {
  readonly call: Pick<ToolCall, 'name' | 'arguments'>;
  readonly result: string;
  readonly isError: boolean;
}

const sourceLine = z
  .object({
    kind: z.literal('source'),
    facts: fileFactsSchema.describe(
      'facts of the analyzed input, which detectors and conditions need',
    ),
    scores: z.array(z.string()).readonly(),
    stepBudget: z.number().int(),
    policy: policyInputSchema.nullable(),
  })
  .readonly();

/** How the input was analyzed that cases come from. */
export type CaseSource = z.infer<typeof sourceLine>;

const caseLine = z
  .object({
    kind: z.literal('case'),
    hash: z.string(),
    messages: listOf<Message>('role', 'content').describe(
      'the conversation up to the request of the turn that went wrong',
    ),
    tools: listOf<ToolDefinition>('name').describe('offered to the model'),
    documents: listOf<Document>('content').describe('retrieved when it was recorded'),
    toolResults: listOf<RecordedResult>('result').describe('what tools answered in that turn'),
    recorded: traceForm.describe('the whole trace, which proves the case'),
  })
  .readonly();

/** Everything that an attempt at a case starts from, and the trace that it was promoted from. */
export type CasePayload = z.infer<typeof caseLine>;

export const payloadLineSchema = z.discriminatedUnion('kind', [sourceLine, caseLine]);
