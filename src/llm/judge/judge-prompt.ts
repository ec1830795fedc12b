import type { Question } from '../../contract/judge.ts';
import { answersSchema } from './answers-in.ts';
import type { ChatPrompt } from './chat-endpoint.ts';
import { type ChatPrice, chatCost } from './chat-price.ts';

interface Asked {
  readonly question: Question;
  readonly slots: readonly { readonly text: string }[];
}

/** What a run will take, said before the first request. */
export interface JudgeEstimate {
  readonly requests: number;
  /** Answers at hand from earlier runs. */
  readonly cached: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null when the price is not known. */
  readonly cost: number | null;
}

/** About what English text has; code and other scripts have fewer characters to a token. */
const CHARACTERS_PER_TOKEN = 4;
const TOKENS_PER_ANSWER = 100;

/** Requests, tokens and cost of what is not answered yet. */
export function estimate(
  jobs: readonly Asked[],
  price: ChatPrice | null,
): Omit<JudgeEstimate, 'cached'> {
  const characters = jobs.reduce((sum, { question, slots }) => {
    const { system, user } = promptOf(question, slots);
    return sum + system.length + user.length;
  }, 0);
  const inputTokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  const outputTokens = TOKENS_PER_ANSWER * jobs.reduce((sum, { slots }) => sum + slots.length, 0);
  const cost = chatCost(price, inputTokens, outputTokens);
  return { requests: jobs.length, inputTokens, outputTokens, cost };
}

/** Instructions with the numbered items; the material stands alone. `room`: times the tokens that answers need. */
export function promptOf(
  { instructions, material, answer }: Question,
  slots: Asked['slots'],
  room = 1,
): ChatPrompt {
  const schema = answersSchema(answer);
  const items = slots.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');
  return {
    system: `${instructions}\n\nItems:\n${items}\n\nAnswer every item, with nothing but JSON of this schema:\n${JSON.stringify(schema)}`,
    user: material,
    schema,
    maxTokens: room * (2_000 + 600 * slots.length),
  };
}

/** Tokens of one answer of several: whole numbers that add up. */
export const share = (tokens: number | null, index: number, of: number): number | null =>
  tokens === null
    ? null
    : Math.floor((tokens * (index + 1)) / of) - Math.floor((tokens * index) / of);
