import type { Collection } from './causes-data.ts';
import { isKnownFailure } from './open-bench.ts';
import { agreement, meanAgreement, textOf } from './quality-clusters.ts';
import { tfidfClusters } from './quality-tfidf.ts';

/** TF-IDF with k-means on the answers: agreement with the root cause, mean of three seeds; null for too few failures. */
export function tfidfAgreement({ name, rows }: Collection): number | null {
  const failures = rows.filter(isKnownFailure);
  if (failures.length < 3) return null;
  const texts = failures.map((row) => textOf(row, 'output'));
  const source = { source: name, failures };
  return meanAgreement([1, 2, 3].map((seed) => agreement(source, tfidfClusters(texts, seed))))
    .rootCause;
}
