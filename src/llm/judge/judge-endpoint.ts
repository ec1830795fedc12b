import type { JudgeEndpoint, ModelJudge } from '../../contract/online-judge.ts';
import { checkedUrl } from '../endpoint/base-url.ts';
import { type Clock, systemClock } from '../endpoint/clock.ts';
import { listPrice, modelCost, plusTokens } from '../model/model-price.ts';
import { answersIn } from './answers-in.ts';
import { chatEndpoint } from './chat-endpoint.ts';
import { promptOf } from './judge-prompt.ts';
import { openAiChat } from './openai-chat.ts';

/** Milliseconds that an answer may take. */
const TIMEOUT = 60_000;
const SEED = 42;

/**
 * The endpoint of an online judge: one request for each question, at temperature 0 with a seed and a JSON schema as far as the
 * endpoint supports them, never sent again by itself.
 * @throws CulpritError `invalid_option` for an address that cannot be used.
 */
export function judgeEndpoint(
  { model, url, key, price: given }: ModelJudge,
  clock: Clock = systemClock,
): JudgeEndpoint {
  const baseUrl = checkedUrl(url);
  const price = given ?? listPrice(model);
  const request = chatEndpoint({
    ...openAiChat({ model, baseUrl, apiKey: key }),
    ...{ clock, timeoutMs: TIMEOUT, seed: SEED },
  });
  return {
    id: `${model}@${new URL(baseUrl).host}`,
    price,
    async ask(question, signal) {
      const result = await request(promptOf(question, [{ text: question.items[0] ?? '' }]), signal);
      if (result.kind === 'failed') return { kind: 'failed', reason: result.failure.detail };
      const { text, fault, inputTokens, outputTokens } = result.value;
      const [answer = null] = fault === null ? answersIn(text, 1) : [];
      return {
        ...{ kind: 'answered', answer },
        tokens: plusTokens(inputTokens, outputTokens),
        dollars: modelCost(price, inputTokens, outputTokens),
      };
    },
  };
}
