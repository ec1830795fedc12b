import type { Embedder } from '../../contract/embedder.ts';
import { checkedUrl, OPENAI_URL } from '../endpoint/base-url.ts';
import { listPrice } from '../model/model-price.ts';
import { openAiEmbeddingModel } from '../model/provider-model.ts';
import { modelEmbedder } from './model-embedder.ts';
import type { ModelEmbedderOptions } from './model-embedder-options.ts';

export interface OpenAiEmbedderOptions extends ModelEmbedderOptions {
  readonly model: string;
  /** Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  readonly apiKey?: string | null;
  /** Requested vector length, for models that support it. Default: the model's own. */
  readonly dimensions?: number;
}

/**
 * Embeds through any OpenAI-compatible `/embeddings` endpoint: batched, retried with backoff and Retry-After, paced,
 * equal texts once, with vectors cached by content, model and address. A text that the endpoint rejects as too long is halved, head
 * and tail kept, until it fits. Throws `embedder_failed` naming address, status and remedy, `invalid_option`, `aborted`.
 */
export function openAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const baseUrl = checkedUrl(options.baseUrl ?? OPENAI_URL);
  const dimensions = options.dimensions ?? null;
  const { model, apiKey = null } = options;
  return modelEmbedder(
    {
      id: `openai:${model}${dimensions === null ? '' : `/${dimensions}`}@${new URL(baseUrl).host}`,
      ...{ model, url: `${baseUrl}/embeddings`, dimensions, perCall: null },
      secrets: apiKey === null ? [] : [apiKey],
      load: () => openAiEmbeddingModel({ model, baseUrl, apiKey }),
    },
    { ...options, price: options.price ?? listPrice(model) },
  );
}
