import type { Question } from '../../contract/judge.ts';
import { type ModelPrice, modelCost } from '../model/model-price.ts';
import { answersSchema } from './answers-in.ts';
import type { ChatPrompt } from './chat-request.ts';

interface Asked {
  readonly question: Question;
  readonly slots: readonly { readonly text: string }[];
}

/** Estimate of a run, reported before the first request. */
export interface JudgeEstimate {
  readonly requests: number;
  /** Answers cached from earlier runs. */
  readonly cached: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null if the price is unknown. */
  readonly cost: number | null;
}

/** Approximate for English text; code and other scripts have fewer characters per token. */
const CHARACTERS_PER_TOKEN = 4;
const TOKENS_PER_ANSWER = 100;

/** Estimates requests, tokens and cost of the missing answers. */
export function estimate(
  jobs: readonly Asked[],
  price: ModelPrice | null,
): Omit<JudgeEstimate, 'cached'> {
  const characters = jobs.reduce((sum, { question, slots }) => {
    const { system, user } = promptOf(question, slots);
    return sum + system.length + user.length;
  }, 0);
  const inputTokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  const outputTokens = TOKENS_PER_ANSWER * jobs.reduce((sum, { slots }) => sum + slots.length, 0);
  const cost = modelCost(price, inputTokens, outputTokens);
  return { requests: jobs.length, inputTokens, outputTokens, cost };
}

/** Puts instructions and numbered items in the system message, the material alone in the user message. `tokenFactor` scales the token limit. */
export function promptOf(
  { instructions, material, answer }: Question,
  slots: Asked['slots'],
  tokenFactor = 1,
): ChatPrompt {
  const schema = answersSchema(answer);
  const items = slots.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');
  return {
    system: `${instructions}\n\nItems:\n${items}\n\nAnswer every item, with nothing but JSON of this schema:\n${JSON.stringify(schema)}`,
    user: material,
    schema,
    maxTokens: tokenFactor * (2_000 + 600 * slots.length),
  };
}

/** Share of the tokens of one answer among several: integers that add up to the total. */
export const share = (tokens: number | null, index: number, of: number): number | null =>
  tokens === null
    ? null
    : Math.floor((tokens * (index + 1)) / of) - Math.floor((tokens * index) / of);
