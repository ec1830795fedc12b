import { CulpritError } from '../../contract/culprit-error.ts';
import type { Judge } from '../../contract/judge.ts';
import { systemClock } from '../endpoint/clock.ts';
import { chatEndpoint, type NamedChatModel } from './chat-endpoint.ts';
import { askAll } from './judge-run.ts';
import type { ModelJudgeOptions } from './model-judge-options.ts';
import { withinBudget } from './spending.ts';

/**
 * Asks any chat model: see `openAiJudge`. `id` names model and address, for the cache and the record.
 * @throws CulpritError `invalid_option` for a limit in money without a price.
 */
export function modelJudge(
  named: NamedChatModel,
  options: ModelJudgeOptions & { readonly id: string },
): Judge {
  const clock = options.clock ?? systemClock;
  const { id } = options;
  const { price = null, maxCost } = options;
  if (maxCost !== undefined && price === null)
    throw new CulpritError(
      'invalid_option',
      `maxCost ${maxCost}: the price of ${named.model} is not known, so the limit cannot be kept; give it as price`,
    );
  const request = chatEndpoint({
    ...named,
    timeoutMs: options.timeoutMs ?? 120_000,
    seed: options.seed ?? 42,
    clock,
    isLimited: maxCost !== undefined,
  });
  const at = { model: named.model, url: named.url };
  const settings = {
    ...{ id, ...at, clock, price },
    request:
      maxCost === undefined || price === null
        ? request
        : withinBudget(request, { most: maxCost, price, at }),
    parallel: options.parallel ?? 4,
    requestsPerMinute: options.requestsPerMinute ?? null,
    attempts: options.attempts ?? 6,
    cache: options.cache ?? null,
    onEstimate: options.onEstimate ?? (() => {}),
    onUsage: options.onUsage ?? (() => {}),
  };
  return { id, ask: (questions, askOptions = {}) => askAll(questions, settings, askOptions) };
}
