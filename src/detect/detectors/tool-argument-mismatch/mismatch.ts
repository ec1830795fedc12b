import type { Evidence } from '../../../contract/signal.ts';

/** One argument that is not what it should be. */
export interface Mismatch {
  /** First part of the fingerprint after the detector. */
  readonly kind: string;
  /** Rest of the fingerprint: what the argument is, where the value came from. No values. */
  readonly detail: readonly string[];
  readonly summary: string;
  readonly confidence: number;
  readonly evidence: readonly (Evidence | null)[];
}
