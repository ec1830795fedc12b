import type { ReportModel } from './report-model.ts';

/** The failures that contain every word of the query, in their own text or their cluster's, and their number per cluster. */
interface Found {
  /** 1 for a match. */
  readonly failures: Uint8Array;
  readonly perCluster: Uint32Array;
  readonly total: number;
}

/** Null for an empty query, which means no filter. */
export type Search = (query: string) => Found | null;

/** The texts are collected on the first query, so that a report without a filter does no work. */
export function createSearch(model: ReportModel): Search {
  let texts: string[] | null = null;
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return null;
    texts ??= textsOf(model);
    const failures = Uint8Array.from(texts, (text) =>
      words.every((word) => text.includes(word)) ? 1 : 0,
    );
    const perCluster = new Uint32Array(model.clusters.length);
    let total = 0;
    failures.forEach((hit, i) => {
      const cluster = model.clusterOf[i] ?? -1;
      total += hit;
      if (cluster >= 0) perCluster[cluster] = (perCluster[cluster] ?? 0) + hit;
    });
    return { failures, perCluster, total };
  };
}

function textsOf(model: ReportModel): string[] {
  const ofCluster = model.clusters.map((_, i) => clusterText(model, i));
  return model.failures.map(
    (failure, i) =>
      `${failureText(failure)} ${ofCluster[model.clusterOf[i] ?? -1] ?? failure.noise ?? ''}`,
  );
}

function clusterText(model: ReportModel, at: number): string {
  const cluster = model.clusters[at];
  if (cluster === undefined) return '';
  const category = model.categoryById.get(cluster.category)?.name ?? '';
  const terms = cluster.terms.map((term) => term.term).join(' ');
  return `${cluster.title} ${cluster.category} ${category} ${cluster.layer} ${terms} ${cluster.id}`.toLowerCase();
}

function failureText(failure: ReportModel['failures'][number]): string {
  const { traceId, input, tenant, promptVersion, categories } = failure;
  return `${traceId} ${input} ${tenant ?? ''} ${promptVersion ?? ''} ${categories.join(' ')}`.toLowerCase();
}
