import * as z from 'zod';

const count = z.number().int();

const speakerFactsSchema = z
  .object({
    environment: z
      .boolean()
      .describe('user messages after an assistant turn come from whatever carries out the steps'),
    turns: count,
    share: z.number(),
  })
  .readonly();

/** Who speaks in the user role after an assistant's turn. */
export type SpeakerFacts = z.infer<typeof speakerFactsSchema>;

const sharedCountsSchema = z
  .base64()
  .describe(
    'how many traces share each template and phrase: cells of a count sketch, ascending, each as the distance to the one before and its count, LEB128',
  );

const toolNormSchema = z
  .object({
    name: z.string(),
    calls: count,
    runs: count,
    results: count.describe('calls with a recorded result'),
    failed: count,
    empty: count.describe('results that are empty or blank'),
    blank: count,
    last: count.describe('calls after which the run ends without another word'),
  })
  .readonly();

/** How one tool usually behaves in the input. */
export type ToolNorm = z.infer<typeof toolNormSchema>;

const closingFormSchema = z
  .object({
    form: z.string().describe('as written: `Finish[`, `<solution>`, `Final Answer:`'),
    share: z.number().describe('share of the traces that end with it'),
  })
  .readonly();

/** How traces of the input usually hand over their answer. */
export type ClosingForm = z.infer<typeof closingFormSchema>;

const habitsSchema = z
  .object({
    withCalls: count.describe('traces that make a call'),
    withAnswer: count.describe('traces with an answer'),
    withPassages: count.describe('traces with retrieved passages'),
    dialogues: count.describe('traces in which a user speaks again'),
    endsOnCall: count,
    endsOnResult: count,
    endsOnUser: count,
    mostSteps: count.describe('the highest number of steps'),
    atMostSteps: count.describe('traces that take that many'),
    short: count.describe('traces with an answer of six words at most'),
    sourced: count.describe('traces with sources and an answer of six words at most'),
    verbatim: count.describe('of them, answers that are in the sources word for word'),
  })
  .readonly();

/** What most traces of the input do. */
export type Habits = z.infer<typeof habitsSchema>;

const outcomeSchema = z
  .object({
    from: z.enum(['score', 'field']),
    name: z.string(),
    judge: z.enum(['human', 'model', 'code', 'unknown']),
    fails: z
      .union([
        z.object({ below: z.number() }).readonly(),
        z.object({ above: z.number() }).readonly(),
        z.object({ words: z.array(z.string()).readonly() }).readonly(),
      ])
      .nullable()
      .describe('when a trace failed by it; null where its direction is not known'),
    failed: count,
    passed: count,
  })
  .readonly();

/** Something recorded that may say whether a trace failed. */
export type Outcome = z.infer<typeof outcomeSchema>;

/** What the whole input tells of how to read one trace: who speaks, templates, what tools and runs usually do, outcomes. */
export const fileModelSchema = z
  .object({
    traces: z.number().int().describe('traces read'),
    speaker: speakerFactsSchema,
    shared: sharedCountsSchema,
    tools: z.array(toolNormSchema).readonly(),
    closing: z.array(closingFormSchema).readonly(),
    habits: habitsSchema,
    outcomes: z.array(outcomeSchema).readonly().describe('the one to go by first'),
  })
  .readonly();

export type FileModel = z.infer<typeof fileModelSchema>;
