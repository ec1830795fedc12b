import type { AnswerCache } from '../../contract/answer-cache.ts';
import type { Judge } from '../../contract/judge.ts';
import { checkedUrl, OPENAI_URL } from '../endpoint/base-url.ts';
import { type Clock, systemClock } from '../endpoint/clock.ts';
import type { JudgeUsage } from './ask-missing.ts';
import { chatEndpoint } from './chat-endpoint.ts';
import { type ChatPrice, listPrice } from './chat-price.ts';
import type { JudgeEstimate } from './judge-prompt.ts';
import { askAll } from './judge-run.ts';

export interface OpenAiJudgeOptions {
  readonly model: string;
  /** Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  readonly apiKey?: string | null;
  /** Sent with every request; servers that take it answer the same again. Default 42. */
  readonly seed?: number;
  /** Default: the list price, where it is known. */
  readonly price?: ChatPrice | null;
  /** Requests under way at once. Default 4. */
  readonly parallel?: number;
  /** Default: no limit but the endpoint's own. */
  readonly requestsPerMinute?: number;
  /** Attempts for each request. Default 6. */
  readonly attempts?: number;
  /** For one attempt. Default 120,000. */
  readonly timeoutMs?: number;
  readonly cache?: AnswerCache;
  /** Told once, before the first request of each `ask`. */
  readonly onEstimate?: (estimate: JudgeEstimate) => void;
  /** Told once at the end of each successful `ask`. */
  readonly onUsage?: (usage: JudgeUsage) => void;
  readonly clock?: Clock;
}

/**
 * Asks through any OpenAI-compatible `/chat/completions` endpoint: the items of a text in one request, at
 * temperature 0 with a seed and a JSON schema as far as the endpoint takes them, retried with back-off and
 * Retry-After, paced, answers cached by content, item, model and address. A text that the endpoint refuses
 * or does not answer usably stays unanswered. Throws `judge_failed` naming address, status and remedy (also
 * when the first five texts get no usable answer), `invalid_option`, `aborted`.
 */
export function openAiJudge(options: OpenAiJudgeOptions): Judge {
  const baseUrl = checkedUrl(options.baseUrl ?? OPENAI_URL);
  const clock = options.clock ?? systemClock;
  const { model } = options;
  const id = `openai:${model}@${new URL(baseUrl).host}`;
  const settings = {
    id,
    model,
    url: `${baseUrl}/chat/completions`,
    request: chatEndpoint({
      model,
      baseUrl,
      apiKey: options.apiKey ?? null,
      timeoutMs: options.timeoutMs ?? 120_000,
      seed: options.seed ?? 42,
      clock,
    }),
    price: options.price ?? listPrice(model),
    clock,
    parallel: options.parallel ?? 4,
    requestsPerMinute: options.requestsPerMinute ?? null,
    attempts: options.attempts ?? 6,
    cache: options.cache ?? null,
    onEstimate: options.onEstimate ?? (() => {}),
    onUsage: options.onUsage ?? (() => {}),
  };
  return { id, ask: (questions, askOptions = {}) => askAll(questions, settings, askOptions) };
}
