import type { AnswerCache } from '../../contract/answer-cache.ts';
import type { Judge } from '../../contract/judge.ts';
import { type Clock, systemClock } from '../endpoint/clock.ts';
import type { ModelPrice } from '../model/model-price.ts';
import type { JudgeUsage } from './ask-missing.ts';
import { chatEndpoint, type NamedChatModel } from './chat-endpoint.ts';
import type { JudgeEstimate } from './judge-prompt.ts';
import { askAll } from './judge-run.ts';

export interface ModelJudgeOptions {
  /** Sent with every request, for reproducible answers from servers that support it. Default 42. */
  readonly seed?: number;
  /** Default: the list price, if known. */
  readonly price?: ModelPrice | null;
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

/** Asks any chat model: see `openAiJudge`. `id` names model and address, for the cache and the record. */
export function modelJudge(
  named: NamedChatModel,
  options: ModelJudgeOptions & { readonly id: string },
): Judge {
  const clock = options.clock ?? systemClock;
  const { id } = options;
  const settings = {
    ...{ id, model: named.model, url: named.url, clock },
    request: chatEndpoint({
      ...named,
      timeoutMs: options.timeoutMs ?? 120_000,
      seed: options.seed ?? 42,
      clock,
    }),
    price: options.price ?? null,
    parallel: options.parallel ?? 4,
    requestsPerMinute: options.requestsPerMinute ?? null,
    attempts: options.attempts ?? 6,
    cache: options.cache ?? null,
    onEstimate: options.onEstimate ?? (() => {}),
    onUsage: options.onUsage ?? (() => {}),
  };
  return { id, ask: (questions, askOptions = {}) => askAll(questions, settings, askOptions) };
}
