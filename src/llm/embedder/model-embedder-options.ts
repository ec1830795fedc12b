import type { VectorCache } from '../../contract/vector-cache.ts';
import type { Clock } from '../endpoint/clock.ts';
import type { ModelPrice } from '../model/model-price.ts';
import type { EmbeddingUsage } from './embedding-run.ts';

/** How a model of embeddings is asked. */
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
