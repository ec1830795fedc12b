import type { Embedder, Embedding, EmbedOptions } from '../../contract/embedder.ts';
import { checkAborted, forEachText } from '../for-each-text.ts';
import { headAndTail } from '../head-and-tail.ts';
import { latentVectors } from '../latent-vectors.ts';
import { unitRows, withoutCommon } from '../unit-rows.ts';
import { featureCounter } from './features.ts';
import { fillIsolatedRows } from './isolated-rows.ts';
import { weigh } from './weights.ts';

const DIMENSIONS = 64;
/** Maximum UTF-16 units read from a text. */
const LENGTH_LIMIT = 20_000;

/**
 * Embeds by spelling: hashed word and character n-grams, sub-linear TF-IDF, truncated SVD (latent
 * semantic analysis). Fitted on the batch, so vectors of two calls cannot be compared. At most 64
 * dimensions, fewer for few texts. Texts over 20,000 characters keep head and tail. Throws `aborted`.
 */
export function lexicalEmbedder(): Embedder {
  return { id: 'lexical@1', embed };
}

async function embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Embedding> {
  const counter = featureCounter();
  let truncated = 0;
  await forEachText(texts, 500, options, (text) => {
    if (text.length > LENGTH_LIMIT) truncated++;
    counter.add(headAndTail(text, LENGTH_LIMIT));
  });
  const counts = counter.counts();
  const matrix = weigh(counts);
  checkAborted(options.signal);
  const dimensions = Math.max(1, Math.min(DIMENSIONS, matrix.rows, matrix.columns));
  const vectors = latentVectors(matrix, dimensions);
  unitRows(vectors, dimensions);
  withoutCommon(vectors, dimensions);
  fillIsolatedRows(vectors, dimensions, counts);
  return { vectors, dimensions, truncated };
}
