import type { Embedding } from '../contract/embedder.ts';
import { unitRows } from './unit-rows.ts';

/**
 * Concatenates the vectors of several views, each scaled by √weight: the cosine of two rows is the weighted mean
 * of their cosines by view. Rows have length 1: if a view has no text, the others get all the weight.
 */
export function joinViews(
  blocks: readonly { readonly embedding: Embedding; readonly weight: number }[],
): Embedding {
  const dimensions = blocks.reduce((sum, { embedding }) => sum + embedding.dimensions, 0);
  const [first] = blocks;
  const n = first === undefined ? 0 : first.embedding.vectors.length / first.embedding.dimensions;
  const vectors = new Float32Array(n * dimensions);
  let column = 0;
  for (const { embedding, weight } of blocks) {
    const width = embedding.dimensions;
    const scale = Math.sqrt(weight);
    for (let row = 0; row < n; row += 1)
      for (let d = 0; d < width; d += 1)
        vectors[row * dimensions + column + d] = scale * embedding.vectors[row * width + d]!;
    column += width;
  }
  unitRows(vectors, dimensions);
  const truncated = blocks.reduce((sum, { embedding }) => sum + embedding.truncated, 0);
  return { vectors, dimensions, truncated };
}
