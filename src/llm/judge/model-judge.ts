import type { Judge } from '../../contract/judge.ts';
import { systemClock } from '../endpoint/clock.ts';
import { chatEndpoint, type NamedChatModel } from './chat-endpoint.ts';
import { askAll } from './judge-run.ts';
import type { ModelJudgeOptions } from './model-judge-options.ts';

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
