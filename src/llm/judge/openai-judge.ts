import type { Judge } from '../../contract/judge.ts';
import { checkedUrl, OPENAI_URL } from '../endpoint/base-url.ts';
import { listPrice } from '../model/model-price.ts';
import { openAiModel } from '../model/provider-model.ts';
import type { NamedChatModel } from './chat-endpoint.ts';
import { type ModelJudgeOptions, modelJudge } from './model-judge.ts';

export interface OpenAiJudgeOptions extends ModelJudgeOptions {
  readonly model: string;
  /** Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  readonly apiKey?: string | null;
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
  const { model, apiKey = null } = options;
  return modelJudge(openAiChat({ model, baseUrl, apiKey }), {
    ...options,
    id: `openai:${model}@${new URL(baseUrl).host}`,
    price: options.price ?? listPrice(model),
  });
}

/** A model of an OpenAI-compatible endpoint; `baseUrl` is checked and has no trailing slash. */
export const openAiChat = ({
  model,
  baseUrl,
  apiKey,
}: {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
}): NamedChatModel => ({
  ...{ model, url: `${baseUrl}/chat/completions`, isOpenAi: true },
  secrets: apiKey === null ? [] : [apiKey],
  load: (transformBody) =>
    openAiModel({
      model,
      baseUrl,
      apiKey,
      ...(transformBody === undefined ? {} : { transformBody }),
    }),
});
