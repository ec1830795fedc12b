import { CulpritError } from '../../contract/culprit-error.ts';
import type { LabelEndpoint, LabelModel } from '../../contract/label-model.ts';
import { checkedUrl, OPENAI_URL } from '../endpoint/base-url.ts';
import { type Clock, systemClock } from '../endpoint/clock.ts';
import { answersIn } from '../judge/answers-in.ts';
import { chatEndpoint } from '../judge/chat-endpoint.ts';
import { openAiChat } from '../judge/openai-chat.ts';
import { listPrice, modelCost } from '../model/model-price.ts';
import { tookNothing } from './took-nothing.ts';
import { worstCase } from './worst-case.ts';

/** Milliseconds that an answer may take. */
const TIMEOUT = 120_000;
const SEED = 42;

/**
 * The endpoint of the label model of a server.
 * @throws CulpritError `invalid_option` for an address that cannot be used, and for a budget in dollars without a price.
 */
export function labelEndpoint(
  { model, url, key, price: given, dollarsPerDay }: LabelModel,
  clock: Clock = systemClock,
): LabelEndpoint {
  const baseUrl = checkedUrl(url);
  const price = given ?? listPrice(model);
  // A list price says nothing about what another address takes.
  if (dollarsPerDay !== null && (price === null || (given === undefined && baseUrl !== OPENAI_URL)))
    throw new CulpritError(
      'invalid_option',
      `dollarsPerDay: what ${model} costs at ${baseUrl} is not known, so the budget cannot be kept; give its price: {input: …, output: …}`,
    );
  const request = chatEndpoint({
    ...openAiChat({ model, baseUrl, apiKey: key }),
    ...{ clock, timeoutMs: TIMEOUT, seed: SEED, isLimited: dollarsPerDay !== null },
  });
  return {
    id: `${model}@${new URL(baseUrl).host}`,
    price,
    worst: (prompt) => worstCase(prompt, price),
    async ask({ system, user, schema, maxTokens }, signal) {
      const result = await request({ system, user, schema, maxTokens }, signal);
      if (result.kind === 'failed')
        return {
          ...{ kind: 'failed', reason: result.failure.detail },
          isFree: tookNothing(result.failure),
        };
      const { text, fault, inputTokens, outputTokens } = result.value;
      const [answer = null] = fault === 'cut' ? [] : answersIn(text, 1);
      return { kind: 'answered', answer, dollars: modelCost(price, inputTokens, outputTokens) };
    },
  };
}
