import type { ReportModel } from './report-model.ts';

/** Finds failures and clusters that hold every word of a query, in label, terms, input, id, tenant or detector. */
export interface Search {
  readonly clusters: (query: string) => Uint8Array | null;
  readonly failures: (query: string) => Uint8Array | null;
}

/** The texts are gathered on the first query: a report that is never filtered pays nothing. */
export function createSearch(model: ReportModel): Search {
  let clusterTexts: string[] | null = null;
  let failureTexts: string[] | null = null;
  return {
    clusters(query) {
      clusterTexts ??= model.clusters.map((_, i) => clusterText(model, i));
      return matches(clusterTexts, query);
    },
    failures(query) {
      clusterTexts ??= model.clusters.map((_, i) => clusterText(model, i));
      const ofCluster = clusterTexts;
      failureTexts ??= model.failures.map(
        (failure, i) =>
          `${failureText(failure)} ${ofCluster[model.clusterOf[i] ?? -1] ?? failure.noise ?? ''}`,
      );
      return matches(failureTexts, query);
    },
  };
}

/** 1 where all words occur; null when the query is empty, which is: no filter. */
function matches(texts: readonly string[], query: string): Uint8Array | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return Uint8Array.from(texts, (text) => (words.every((word) => text.includes(word)) ? 1 : 0));
}

function clusterText(model: ReportModel, at: number): string {
  const cluster = model.clusters[at];
  if (cluster === undefined) return '';
  const category = model.categoryById.get(cluster.category)?.name ?? '';
  const terms = cluster.terms.map((term) => term.term).join(' ');
  return `${cluster.label} ${cluster.category} ${category} ${cluster.layer} ${terms} ${cluster.id}`.toLowerCase();
}

function failureText(failure: ReportModel['failures'][number]): string {
  const { traceId, input, tenant, promptVersion, labels } = failure;
  return `${traceId} ${input} ${tenant ?? ''} ${promptVersion ?? ''} ${labels.join(' ')}`.toLowerCase();
}
