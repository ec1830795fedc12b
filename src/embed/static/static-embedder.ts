import type { Embedder } from '../../contract/embedder.ts';
import { forEachText } from '../for-each-text.ts';
import { headAndTail } from '../head-and-tail.ts';
import { unitRows, withoutCommon } from '../unit-rows.ts';
import { readModelFile } from './model-file.ts';
import { tokenVectors } from './token-vectors.ts';

/** Maximum UTF-16 units read from a text. */
const LENGTH_LIMIT = 20_000;

/**
 * Embeds by meaning without a network: sums of token vectors distilled from all-MiniLM-L6-v2, 256 dimensions, tens
 * of thousands of short texts a second. Removes what all texts of a call have in common, unless `common` is
 * `keep`: then a text has the same vector in every call. Texts over 20,000 characters keep their
 * head and tail. Throws `embedder_failed` for a damaged model, `aborted`.
 */
export function staticEmbedder(
  model: Uint8Array,
  options: { readonly common?: 'remove' | 'keep' } = {},
): Embedder {
  const parsed = readModelFile(model);
  const { dimensions } = parsed;
  const embedText = tokenVectors(parsed);
  const keep = options.common === 'keep';
  return {
    id: `static:${parsed.name}${keep ? '+common' : ''}`,
    heedsFitted: true,
    async embed(texts, embedOptions = {}) {
      const vectors = new Float32Array(texts.length * dimensions);
      let truncated = 0;
      await forEachText(texts, 2000, embedOptions, (text, index) => {
        if (text.length > LENGTH_LIMIT) truncated++;
        embedText(headAndTail(text, LENGTH_LIMIT), vectors, index * dimensions);
      });
      unitRows(vectors, dimensions);
      if (!keep) withoutCommon(vectors, dimensions, embedOptions.fitted);
      return { vectors, dimensions, truncated };
    },
  };
}
