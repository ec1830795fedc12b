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
  /** Sent with every request, for reproducible answers from servers that support it. Default 42. */
  readonly seed?: number;
  /** Default: the list price, if known. */
  readonly price?: ChatPrice | null;
  /** Maximum concurrent requests. Default 4. */
  readonly parallel?: number;
  /** Default: only the endpoint's own limit. */
  readonly requestsPerMinute?: number;
  /** Attempts per request. Default 6. */
  readonly attempts?: number;
  /** Timeout of one attempt. Default 120,000. */
  readonly timeoutMs?: number;
  readonly cache?: AnswerCache;
  /** Called once before the first request of each `ask`. */
  readonly onEstimate?: (estimate: JudgeEstimate) => void;
  /** Called once at the end of each successful `ask`. */
  readonly onUsage?: (usage: JudgeUsage) => void;
  readonly clock?: Clock;
}

/**
 * Asks through any OpenAI-compatible `/chat/completions` endpoint: the items of a text in one request, at
 * temperature 0 with a seed and a JSON schema as far as the endpoint supports them, retried with backoff and
 * Retry-After, paced, with answers cached by content, item, model and address. A text that the endpoint refuses
 * or gives no usable answer for stays unanswered. Throws `judge_failed` naming address, status and remedy (also
 * if the first five texts get no usable answer), `invalid_option`, `aborted`.
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
