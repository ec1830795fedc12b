import type { Embedder } from '../../contract/embedder.ts';
import { systemClock } from '../endpoint/clock.ts';
import { type EndpointSettings, embeddingEndpoint } from './embedding-endpoint.ts';
import { embedAll } from './embedding-run.ts';
import type { ModelEmbedderOptions } from './model-embedder-options.ts';

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
