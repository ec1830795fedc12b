import type { ClusterQuality } from '../../../contract/analysis.ts';

/** Under it what was found should not be trusted (Hennig 2007). */
const FIRM = 0.6;

/** False where acting on a cluster may be acting on chance: drawn again, most of it does not come together. */
export const isFirm = ({ stability }: ClusterQuality): boolean =>
  stability === null || stability >= FIRM;
