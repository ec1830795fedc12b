import { dollars } from '../../text/format.ts';
import { worstCase } from '../call/worst-case.ts';
import type { EndpointFailure } from '../endpoint/endpoint-failure.ts';
import type { Attempt } from '../endpoint/retry.ts';
import { type ModelPrice, modelCost } from '../model/model-price.ts';
import type { ChatAnswer, ChatPrompt, ChatRequest } from './chat-request.ts';

type Result = Attempt<ChatAnswer, EndpointFailure>;

/**
 * Keeps what requests cost under a limit: the worst case of each is set aside before it is sent, and one that does not fit
 * is not sent. What a request took that broke off is not known, so its worst case stays spent.
 * @param most US dollars.
 */
export function withinBudget(
  request: ChatRequest,
  {
    most,
    price,
    at,
  }: {
    readonly most: number;
    readonly price: ModelPrice;
    readonly at: Pick<EndpointFailure, 'url' | 'model'>;
  },
): ChatRequest {
  let spent = 0;
  let aside = 0;
  const take = (worst: number): boolean => {
    if (spent + aside + worst > most) return false;
    aside += worst;
    return true;
  };
  return async (prompt: ChatPrompt, signal) => {
    const worst = worstCase(prompt, price) ?? 0;
    if (!take(worst)) return { kind: 'failed', failure: { ...at, ...usedUp(most) } };
    // A request that the endpoint refused took nothing, so what was set aside for it serves the next one.
    let result: Result;
    try {
      result = await request(prompt, signal);
    } catch (error) {
      aside -= worst;
      spent += worst;
      throw error;
    }
    aside -= worst;
    spent += costOf(result, price, worst);
    return result;
  };
}

function costOf(result: Result, price: ModelPrice, worst: number): number {
  if (result.kind === 'done')
    return modelCost(price, result.value.inputTokens, result.value.outputTokens) ?? worst;
  return result.failure.status === null ? worst : 0;
}

/** The cause of a failure that no endpoint has: the request was not sent. */
export const USED_UP = Symbol('the budget is used up');

const usedUp = (most: number): Omit<EndpointFailure, 'url' | 'model'> => ({
  ...{ status: null, retryable: false, retryAfterMs: null, cause: USED_UP },
  detail: `the budget of ${dollars(most)} does not allow another request`,
});
