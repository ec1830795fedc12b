import type { Layer } from './category.ts';
import type { Evidence } from './signal.ts';

/** What a cluster is proposed to mean. Every claim has its evidence. */
export interface ClusterLabel {
  readonly label: string;
  readonly category: string;
  readonly layer: Layer;
  /** The fingerprint most members share; null when none reaches half. */
  readonly fingerprint: string | null;
  /** Why these failures are one cluster. */
  readonly because: readonly string[];
  readonly terms: readonly { readonly term: string; readonly score: number }[];
  /** Row indices, nearest the centre first. */
  readonly exemplars: readonly number[];
  readonly evidence: readonly (Evidence & { readonly traceId: string })[];
}
