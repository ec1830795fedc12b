import { kmeansBySilhouette, truncatedSvd } from '../src/numeric/numeric.ts';

const WORD = /[\p{L}\p{N}_]{2,}/gu;
const DIMENSIONS = 100;
const MOST_CLUSTERS = 30;
const RESTARTS = 3;

/**
 * The word baseline: TF-IDF (words of at least two characters in at least two texts, smoothed idf, unit
 * rows), 100 dimensions of latent semantic analysis, k-means with k from 2 to 30 by silhouette. Returns a cluster per text.
 */
export function tfidfClusters(texts: readonly string[], seed: number): number[] {
  const dimensions = Math.min(DIMENSIONS, texts.length - 1);
  const { vectors } = truncatedSvd(tfidf(texts), { dimensions, seed });
  const { labels } = kmeansBySilhouette(vectors, {
    dimensions,
    seed,
    minK: 2,
    maxK: MOST_CLUSTERS,
    restarts: RESTARTS,
    spherical: true,
  });
  return [...labels];
}

function tfidf(texts: readonly string[]): Parameters<typeof truncatedSvd>[0] {
  const counted = texts.map((text) => countsOf(text.toLowerCase().match(WORD) ?? []));
  const inTexts = countsOf(counted.flatMap((counts) => [...counts.keys()]));
  const kept = [...inTexts.keys()].filter((word) => (inTexts.get(word) ?? 0) > 1);
  const column = new Map(kept.map((word, index) => [word, index]));
  const idf = kept.map((word) => Math.log((1 + texts.length) / (1 + (inTexts.get(word) ?? 0))) + 1);
  const rows = counted.map((counts) => {
    const entries = [...counts].flatMap(([word, count]) => {
      const at = column.get(word);
      return at === undefined ? [] : [{ at, value: count * (idf[at] ?? 0) }];
    });
    const length = Math.hypot(...entries.map(({ value }) => value)) || 1;
    return entries.map(({ at, value }) => ({ at, value: value / length }));
  });
  const offsets = new Int32Array(rows.length + 1);
  for (const [row, entries] of rows.entries())
    offsets[row + 1] = (offsets[row] ?? 0) + entries.length;
  const all = rows.flat();
  return {
    rows: rows.length,
    columns: kept.length,
    offsets,
    indices: Int32Array.from(all, ({ at }) => at),
    values: Float32Array.from(all, ({ value }) => value),
  };
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
