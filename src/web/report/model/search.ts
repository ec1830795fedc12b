import type { ReportModel } from './report-model.ts';

/** For each failure 1 if it contains every word of the query; null for a query without words. */
export type Search = (query: string) => Uint8Array | null;

/**
 * Searches everything that the file holds of a failure: its own texts, and title, category and reasons of its cause. The
 * texts are collected on the first query. `texts` has the full text of each failure once it is unpacked.
 */
export function createSearch(model: ReportModel, texts: readonly string[] | null): Search {
  let all: string[] | null = null;
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return null;
    all ??= textsOf(model, texts);
    return Uint8Array.from(all, (text) => (words.every((word) => text.includes(word)) ? 1 : 0));
  };
}

function textsOf(model: ReportModel, texts: readonly string[] | null): string[] {
  const ofCluster = model.clusters.map((_, i) => clusterText(model, i));
  return model.failures.map((failure, i) => {
    const cluster = ofCluster[model.clusterOf[i] ?? -1] ?? failure.noise ?? '';
    return `${failureText(failure)}\n${cluster}\n${texts?.[i] ?? ''}`;
  });
}

function clusterText({ clusters, categoryById }: ReportModel, at: number): string {
  const cluster = clusters[at];
  if (cluster === undefined) return '';
  const category = categoryById.get(cluster.category)?.name ?? '';
  const { title, layer, id, reasons } = cluster;
  return [title, cluster.category, category, layer, id, ...reasons]
    .join('\n')
    .toLowerCase()
    .replaceAll('`', '');
}

function failureText(failure: ReportModel['failures'][number]): string {
  const { traceId, input, tenant, promptVersion, release, model, categories, signals } = failure;
  const quotes = signals.flatMap(({ detector, evidence }) => [
    detector,
    ...evidence.map(({ quote }) => quote),
  ]);
  return [traceId, input, tenant, promptVersion, release, model, ...categories, ...quotes]
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase();
}
