import type { Judge } from '../../contract/judge.ts';
import { checkedUrl, OPENAI_URL } from '../endpoint/base-url.ts';
import { listPrice } from '../model/model-price.ts';
import { modelJudge } from './model-judge.ts';
import type { ModelJudgeOptions } from './model-judge-options.ts';
import { openAiChat } from './openai-chat.ts';

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
