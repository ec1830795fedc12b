import * as z from 'zod';

/** What a trace should carry, in the order in which to add it. */
export const READINESS_ITEMS = [
  'input',
  'output',
  'root',
  'tool_results',
  'tool_definitions',
  'documents',
  'scores',
  'prompt_version',
  'model',
  'usage',
  'finish_reason',
  'tenant',
  'user',
  'session',
  'environment',
  'release',
] as const;
export type ReadinessItem = (typeof READINESS_ITEMS)[number];

/** What recorded a trace, as far as its attributes tell. */
export const SDKS = [
  'ai-sdk',
  'openinference',
  'openllmetry',
  'langsmith',
  'langfuse',
  'opentelemetry',
  'other',
] as const;
export type Sdk = (typeof SDKS)[number];

const sdkLineSchema = z
  .object({
    language: z.enum(['javascript', 'python', 'environment', 'http']),
    code: z.string(),
    note: z
      .string()
      .describe("where the line goes, or for which version; '' when the code says it"),
  })
  .readonly();

/** A line that makes an SDK record what its traces lack. */
export type SdkLine = z.infer<typeof sdkLineSchema>;

export const checklistItemSchema = z
  .object({
    item: z.enum(READINESS_ITEMS),
    label: z.string(),
    why: z.string().describe('what cannot be told without it'),
    applies: z.number().describe('traces to which it applies'),
    carried: z.number().describe('traces of those that carry it'),
    lines: z
      .array(sdkLineSchema)
      .readonly()
      .describe('lines that add it; none where nothing is missing'),
  })
  .readonly();

/** How many traces carry an item, and how to add it to the others. */
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

export const recorderSchema = z
  .object({
    sdk: z.enum(SDKS).describe('what recorded the traces, as far as their attributes tell'),
    name: z.string().describe('as its makers write it'),
    traces: z.number().int(),
    checklist: z
      .array(checklistItemSchema)
      .readonly()
      .describe('what applies to any of its traces, in the order in which to add it'),
  })
  .readonly();

/** The traces of one SDK: what they carry and lack. */
export type Recorder = z.infer<typeof recorderSchema>;
