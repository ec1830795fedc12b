import type { Embedder } from '../../contract/embedder.ts';
import type { VectorCache } from '../../contract/vector-cache.ts';
import { type Clock, systemClock } from '../endpoint/clock.ts';
import type { ModelPrice } from '../model/model-price.ts';
import { type EndpointSettings, embeddingEndpoint } from './embedding-endpoint.ts';
import { type EmbeddingUsage, embedAll } from './embedding-run.ts';

export interface ModelEmbedderOptions {
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
  /** Default: the list price, if known. */
  readonly price?: ModelPrice | null;
  readonly cache?: VectorCache;
  /** Called once at the end of each successful `embed`. */
  readonly onUsage?: (usage: EmbeddingUsage) => void;
  readonly clock?: Clock;
}

/** A model of embeddings and where it is. `id` names both, for the cache and the record. */
export type NamedEmbeddingModel = Omit<EndpointSettings, 'timeoutMs' | 'clock'> & {
  readonly id: string;
  /** Texts that the provider takes in one request; null where it sets no limit. */
  readonly perCall: number | null;
};

/** Embeds by any model of embeddings: see `openAiEmbedder`. */
export function modelEmbedder(named: NamedEmbeddingModel, options: ModelEmbedderOptions): Embedder {
  const clock = options.clock ?? systemClock;
  const settings = {
    ...{ id: named.id, model: named.model, url: named.url, clock },
    request: embeddingEndpoint({ ...named, timeoutMs: options.timeoutMs ?? 60_000, clock }),
    batch: {
      count: Math.min(options.batchTexts ?? 256, named.perCall ?? Number.POSITIVE_INFINITY),
      characters: options.batchCharacters ?? 200_000,
    },
    textCharacters: options.textCharacters ?? 24_000,
    parallel: options.parallel ?? 4,
    requestsPerMinute: options.requestsPerMinute ?? null,
    attempts: options.attempts ?? 6,
    price: options.price ?? null,
    cache: options.cache ?? null,
    onUsage: options.onUsage ?? (() => {}),
  };
  return {
    id: named.id,
    heedsFitted: true,
    embed: (texts, embedOptions = {}) => embedAll(texts, settings, embedOptions),
  };
}
