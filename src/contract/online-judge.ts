import * as z from 'zod';
import { checkUseSchema } from './check-use.ts';
import type { JsonObject } from './json.ts';
import type { Question } from './judge.ts';

const price = z.number().min(0).max(10_000);

/** A model that the operator names: an OpenAI-compatible endpoint. */
export const namedModelShape = {
  model: z.string().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://api.openai.com/v1')
    .describe('of an OpenAI-compatible endpoint, without `/chat/completions`'),
  key: z.string().min(1).nullable().default(null).describe('of the endpoint: `env:NAME`'),
  price: z
    .strictObject({ input: price, output: price })
    .optional()
    .describe('US dollars per million tokens; by default the list price, where it is known'),
};

const modelJudgeSchema = z.strictObject({
  kind: z.literal('model'),
  failure: z.string().min(1).max(1_000).describe('the failure to look for, as one sentence'),
  ...namedModelShape,
});

const checkJudgeSchema = z.strictObject({
  kind: z.literal('check'),
  ...checkUseSchema.unwrap().pick({ check: true, params: true, negate: true }).shape,
});

/**
 * What can score the traces that come in. Only the operator of a server says so: it may cost money, and it has keys. Another
 * kind is another member of this union and another scorer of the server.
 */
export const judgeDefinitionSchema = z.discriminatedUnion('kind', [
  modelJudgeSchema,
  checkJudgeSchema,
]);

export type JudgeDefinition = z.infer<typeof judgeDefinitionSchema>;
export type ModelJudge = z.infer<typeof modelJudgeSchema>;

const calls = z.int().min(1).max(10_000_000);

const judgeBudgetSchema = z
  .strictObject({
    callsPerHour: calls.default(200).describe('traces scored within any hour, at most'),
    callsPerDay: calls.default(2_000).describe('within any 24 hours, at most'),
    tokensPerDay: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('of a model, in and out; null: no bound'),
    dollarsPerDay: z
      .number()
      .gt(0)
      .max(1_000_000)
      .nullable()
      .default(null)
      .describe('of a model whose price is known; null: no bound'),
  })
  .readonly();

/** What a judge may spend. It is a hard stop: what a call may take is set aside before it is made. */
export type JudgeBudget = z.infer<typeof judgeBudgetSchema>;

export const judgeSettingsSchema = z
  .strictObject({
    rate: z
      .number()
      .gt(0)
      .max(1)
      .default(0.1)
      .describe('share of the finished traces that is scored; a hash of the trace id chooses'),
    environment: z
      .string()
      .max(200)
      .default('')
      .describe("only traces of this environment; '' for all"),
    budget: judgeBudgetSchema.prefault({}),
    isPaused: z.boolean().default(false),
  })
  .readonly();

/** How a project uses a judge. */
export type JudgeSettings = z.infer<typeof judgeSettingsSchema>;

/** A price in US dollars per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** A model that is asked one question by one request: nothing is asked twice, and everything asked is counted. */
export interface JudgeEndpoint {
  /** Model and address. */
  readonly id: string;
  /** Null where it is not known. */
  readonly price: TokenPrice | null;
  ask(question: Question, signal: AbortSignal): Promise<EndpointAnswer>;
}

/** What came of one request. Tokens and dollars are null where the endpoint does not say, or has no known price. */
type EndpointAnswer =
  | {
      readonly kind: 'answered';
      /** To the first item; null where the text that came holds none in the form that was asked for. */
      readonly answer: JsonObject | null;
      readonly tokens: number | null;
      readonly dollars: number | null;
    }
  /** There is no answer: the endpoint is away, refuses, or is too slow. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Opens the endpoint of a judge. @throws CulpritError `invalid_option` for an address that cannot be used. */
export type OpenEndpoint = (judge: ModelJudge) => JudgeEndpoint;
