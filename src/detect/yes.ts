import type { Evidence, Signal } from '../contract/signal.ts';

/** What a detector has to say for a `yes`; evidence that could not be quoted is null. */
export interface Claim {
  readonly detector: string;
  readonly confidence: number;
  readonly spanId: string | null;
  readonly summary: string;
  readonly fingerprint: string;
  readonly evidence: readonly (Evidence | null)[];
}

/** The signal of a claim, or null when none of its evidence could be quoted: such a claim is dropped. */
export function saysYes(claim: Claim): Signal | null {
  const evidence = claim.evidence.filter((item) => item !== null);
  if (evidence.length === 0) return null;
  return { ...claim, verdict: 'yes', category: claim.detector, evidence };
}
