import * as z from 'zod';
import type { Json, JsonObject } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import { isRecord } from '../../text/json.ts';
import type { RawRecord } from '../record.ts';
import type { Shape, ShapeContext } from './shape.ts';

/** A record as the trace store keeps it, one a line: nothing is read into it or lost. */
export interface StoredLine {
  readonly culpritRecord: 1;
  readonly record: unknown;
}

/** The line of a record; `storedShape` reads it. */
export function storedLine(record: RawRecord): StoredLine {
  if (record.kind !== 'conversation') return { culpritRecord: 1, record };
  const { calls, ...rest } = record.conversation;
  const conversation = calls === undefined ? rest : { ...rest, calls: [...calls] };
  return { culpritRecord: 1, record: { kind: 'conversation', conversation } };
}

const json = z.custom<JsonObject>(isRecord, 'an object');
const anything = z.any();
const text = z.string();
const maybeText = text.nullable();
const maybeNumber = z.number().nullable();

const event = z.object({ name: text, time: maybeNumber, attributes: json });
const link = z.object({ traceId: text, spanId: text });

const span = z.object({
  traceId: text,
  spanId: text,
  parentId: maybeText,
  name: text,
  startTime: maybeNumber,
  endTime: maybeNumber,
  statusCode: z.enum(['unset', 'ok', 'error']),
  statusMessage: text,
  attributes: json,
  resource: json,
  scope: text,
  events: z.array(event),
  links: z.array(link),
  droppedAttributes: z.number(),
  refusedKeys: z.number().default(0),
});

const log = z.object({
  traceId: maybeText,
  spanId: maybeText,
  name: text,
  time: maybeNumber,
  body: anything,
  attributes: json,
  resource: json,
});

const judgement = z.object({
  name: text,
  value: maybeNumber,
  label: maybeText,
  explanation: maybeText,
  annotator: z.enum(['human', 'model', 'code', 'unknown']),
  spanId: maybeText,
});

const score = z.object({
  traceId: maybeText,
  sessionId: maybeText,
  responseId: maybeText,
  score: judgement,
  id: text.optional(),
  environment: text.optional(),
});

const toolCall = z.object({ id: maybeText, name: text, arguments: anything });

const message = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: text,
  toolCalls: z.array(toolCall),
  toolCallId: maybeText,
  name: maybeText,
  spanId: maybeText,
  isError: z.literal(true).optional(),
});

const call = z.object({
  model: maybeText.optional(),
  finishReason: anything.optional(),
  usage: anything.optional(),
  cost: maybeNumber.optional(),
  time: maybeNumber.optional(),
});

const conversation = z.object({
  id: maybeText,
  messages: z.array(message),
  input: maybeText,
  output: maybeText,
  tools: z.array(z.object({ name: text, description: text, parameters: json.nullable() })),
  scores: z.array(judgement),
  fields: json,
  calls: z
    .array(z.tuple([z.number(), call]))
    .transform((pairs) => new Map(pairs))
    .optional(),
  unknown: z.array(text).optional(),
});

const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('span'), span }),
  z.object({ kind: z.literal('log'), log }),
  z.object({ kind: z.literal('score'), score }),
  z.object({ kind: z.literal('conversation'), conversation }),
]);

/** In a table, a record is a text. */
function recordIn(value: Json | undefined, onProblem: ShapeContext['onProblem']): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return cleanJson(JSON.parse(value));
  } catch {
    onProblem('broken_json', 'a record of the store is no JSON');
    return undefined;
  }
}

/** Records that the trace store wrote. */
export const storedShape: Shape = {
  format: 'culprit-store',
  clues: ['culpritRecord'],
  matches: (value) => value['culpritRecord'] === 1 && 'record' in value,
  read(value, { onProblem }) {
    const record = recordIn(value['record'], onProblem);
    if (record === undefined) return [];
    const parsed = recordSchema.safeParse(record);
    if (parsed.success) return [parsed.data as RawRecord];
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? 'record';
    onProblem('bad_record', `a record of the store cannot be read: ${place}: ${issue?.message}`);
    return [];
  },
};
