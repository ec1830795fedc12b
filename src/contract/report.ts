import * as z from 'zod';
import { analysisSchema } from './analysis.ts';
import { categorySchema } from './category.ts';
import { DIMENSIONS } from './dimension.ts';
import type { Json } from './json.ts';
import { evidenceSchema } from './signal.ts';
import type { Role, SpanKind, ToolCall } from './trace.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const roleSchema = z.enum([
  'system',
  'user',
  'assistant',
  'tool',
] as const satisfies readonly Role[]);
const position = z.tuple([z.number(), z.number()]).readonly();

/** What was recorded about a trace, apart from what it did. */
const traitsShape = {
  tenant: text,
  promptVersion: text,
  release: text,
  model: text,
  startTime: number.describe('epoch milliseconds'),
};

const toolCallSchema = z
  .object({ id: text, name: z.string(), arguments: z.custom<Json>((value) => value !== undefined) })
  .readonly() satisfies z.ZodType<ToolCall>;

const reportMessageSchema = z
  .object({
    index: z.number().int().describe("in the canonical trace's messages"),
    role: roleSchema,
    name: text,
    content: z.string(),
    omitted: z
      .number()
      .int()
      .describe(
        'characters left out of `content`; 0 when whole. Cut around the evidence, never through it',
      ),
    toolCalls: z.array(toolCallSchema).readonly(),
    spanId: text.describe('the span that recorded it'),
  })
  .readonly();

export type ReportMessage = z.infer<typeof reportMessageSchema>;

const reportSpanSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.custom<SpanKind>((value) => typeof value === 'string'),
    depth: z.number().int().describe('0 for roots'),
    startMs: number.describe('milliseconds after the start of the trace'),
    durationMs: number,
    model: text,
    tokens: number,
    cost: number,
    error: text.describe('`type: message`'),
  })
  .readonly();

/** One span, for the list of steps. What was not recorded is null. */
export type ReportSpan = z.infer<typeof reportSpanSchema>;

const reportTraceSchema = z
  .object({
    id: z.string(),
    isPassing: z.boolean().describe('a passing trace, shown beside a failure'),
    name: text,
    ...traitsShape,
    origin: z.string(),
    durationMs: number,
    tokens: number.describe('input and output; null when neither is recorded'),
    cost: number.describe('US dollars'),
    error: text.describe('the error of the trace, `type: message`'),
    messages: z.array(reportMessageSchema).readonly(),
    spans: z
      .array(reportSpanSchema)
      .readonly()
      .describe(
        'at most 100, parents before their children; empty where only a conversation was recorded',
      ),
    omittedSpans: z.number().int().describe('left out of `spans`'),
    evidence: z
      .array(evidenceSchema)
      .readonly()
      .describe(
        'pointers go into the canonical trace: `/messages/3/…` is the message of `index` 3',
      ),
  })
  .readonly();

export type ReportTrace = z.infer<typeof reportTraceSchema>;

const pairStepSchema = z
  .object({
    kind: roleSchema.describe('a call of a tool is `tool`; its result stands with it'),
    tool: text,
    text: z
      .string()
      .describe('a message, or the arguments of a call as compact JSON; 400 characters at most'),
    result: text.describe('of a call; null where none is recorded. 400 characters at most'),
    failed: z.boolean(),
    message: z
      .number()
      .int()
      .nullable()
      .describe("index in the canonical trace's messages; null where only spans record the step"),
  })
  .readonly();

export type PairStep = z.infer<typeof pairStepSchema>;

const pairRowSchema = z
  .object({
    failing: pairStepSchema.nullable(),
    passing: pairStepSchema.nullable(),
    isSame: z
      .boolean()
      .describe('both take the same step, with the same success; texts and arguments may differ'),
  })
  .readonly();

/** A step on both sides, or on one. */
export type PairRow = z.infer<typeof pairRowSchema>;

const pairSchema = z
  .object({
    cluster: z.string().describe('id'),
    failing: z.string().describe('id of the trace'),
    passing: z.string().describe('id of the trace'),
    similarity: z.number().describe('of the requests and the first tools, 0 to 1'),
    rows: z.array(pairRowSchema).readonly(),
    firstDifference: z.number().int().nullable().describe('index of the first row that differs'),
    difference: text.describe('what differs there, one sentence without the final period'),
  })
  .readonly();

/** A failure beside the most similar trace that passed, step by step. */
export type Pair = z.infer<typeof pairSchema>;

const passingTraceSchema = z
  .object({
    traceId: z.string(),
    position: position.describe('x and y on the map, -1 to 1'),
    input: z.string().describe('first 200 characters'),
    ...traitsShape,
  })
  .readonly();

export type PassingTrace = z.infer<typeof passingTraceSchema>;

const column = z.array(z.number()).readonly();

const reportPopulationSchema = z
  .object({
    values: z
      .record(z.enum(DIMENSIONS), z.array(z.string()).readonly())
      .readonly()
      .describe('of each dimension, most traces first, at most 50'),
    columns: z
      .record(z.enum(DIMENSIONS), column)
      .readonly()
      .describe('positions in `values`; -1 for others and none'),
    bucket: column.describe('position in `analysis.traffic.buckets`; -1 without a time'),
    traces: column.describe('traces with these values in this bucket'),
    failed: column.describe('of them, failed'),
    scale: z
      .number()
      .describe('each counted trace stands for this many: above 20,000 a random draw is counted'),
  })
  .readonly();

/** Eligible traces by version, tenant and time, so that rates can follow a filter. Columns of equal length. */
export type ReportPopulation = z.infer<typeof reportPopulationSchema>;

/** What is read only on demand: it is most of the text, and compresses well. */
export interface ReportArchive {
  /**
   * Per failure of the analysis its messages, calls, results and output in lower case, to search in; all together
   * at most 4 million characters.
   */
  readonly texts: readonly string[];
  /** Per trace of `traces` its canonical form as JSON, without raw attributes; cut past 40,000 characters. */
  readonly raw: readonly string[];
}

export const reportDataSchema = z
  .object({
    analysis: analysisSchema,
    categories: z.array(categorySchema).readonly(),
    traces: z
      .array(reportTraceSchema)
      .readonly()
      .describe("clusters' exemplars, noise examples and the passing traces of `pairs`"),
    pairs: z
      .array(pairSchema)
      .readonly()
      .describe('at most four per cluster, in the order of its exemplars'),
    population: reportPopulationSchema,
    passing: z
      .array(passingTraceSchema)
      .readonly()
      .describe('a bounded draw of passing traces on the map of the failures'),
    traceUrl: text.describe(
      'address of a trace, with `{trace_id}` for its id (contract/trace-url.ts)',
    ),
    archive: z.string().describe('a `ReportArchive` as `packed` writes it (text/packed.ts)'),
  })
  .readonly();

/** Everything the HTML report shows, embedded in it as one JSON document. Texts are cut, with the cut counted. */
export type ReportData = z.infer<typeof reportDataSchema>;
