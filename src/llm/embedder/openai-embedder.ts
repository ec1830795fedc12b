import type { Embedder } from '../../contract/embedder.ts';
import type { VectorCache } from '../../contract/vector-cache.ts';
import { checkedUrl, OPENAI_URL } from '../endpoint/base-url.ts';
import { type Clock, systemClock } from '../endpoint/clock.ts';
import { embeddingEndpoint } from './embedding-endpoint.ts';
import { type EmbeddingUsage, embedAll } from './embedding-run.ts';

export interface OpenAiEmbedderOptions {
  readonly model: string;
  /** Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  readonly apiKey?: string | null;
  /** Requested vector length, for models that support it. Default: the model's own. */
  readonly dimensions?: number;
  /** Maximum texts per request. Default 256. */
  readonly batchTexts?: number;
  /** Maximum characters per request. Default 200,000. */
  readonly batchCharacters?: number;
  /** Maximum characters per text; longer texts send their head and tail. Default 24,000. */
  readonly textCharacters?: number;
  /** Maximum concurrent requests. Default 4. */
  readonly parallel?: number;
  /** Default: only the endpoint's own limit. */
  readonly requestsPerMinute?: number;
  /** Attempts per request. Default 6. */
  readonly attempts?: number;
  /** Timeout of one attempt. Default 60,000. */
  readonly timeoutMs?: number;
  readonly cache?: VectorCache;
  /** Called once at the end of each successful `embed`. */
  readonly onUsage?: (usage: EmbeddingUsage) => void;
  readonly clock?: Clock;
}

/**
 * Embeds through any OpenAI-compatible `/embeddings` endpoint: batched, retried with backoff and Retry-After, paced,
 * equal texts once, with vectors cached by content, model and address. A text that the endpoint rejects as too long is halved, head
 * and tail kept, until it fits. Throws `embedder_failed` naming address, status and remedy, `invalid_option`, `aborted`.
 */
export function openAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const baseUrl = checkedUrl(options.baseUrl ?? OPENAI_URL);
  const clock = options.clock ?? systemClock;
  const dimensions = options.dimensions ?? null;
  const id = `openai:${options.model}${dimensions === null ? '' : `/${dimensions}`}@${new URL(baseUrl).host}`;
  const settings = {
    id,
    model: options.model,
    url: `${baseUrl}/embeddings`,
    request: embeddingEndpoint({
      model: options.model,
      baseUrl,
      apiKey: options.apiKey ?? null,
      dimensions,
      timeoutMs: options.timeoutMs ?? 60_000,
      clock,
    }),
    clock,
    batch: {
      count: options.batchTexts ?? 256,
      characters: options.batchCharacters ?? 200_000,
    },
    textCharacters: options.textCharacters ?? 24_000,
    parallel: options.parallel ?? 4,
    requestsPerMinute: options.requestsPerMinute ?? null,
    attempts: options.attempts ?? 6,
    cache: options.cache ?? null,
    onUsage: options.onUsage ?? (() => {}),
  };
  return {
    id,
    heedsFitted: true,
    embed: (texts, embedOptions = {}) => embedAll(texts, settings, embedOptions),
  };
}
