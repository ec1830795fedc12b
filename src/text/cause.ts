import type { Signal } from '../contract/signal.ts';

/**
 * The detector and its cause as one list: signals with the same list have the same cause. The outlier
 * detector has a category for each measure and goes by that.
 */
export const causeParts = ({ detector, category, tier, cause }: Signal): readonly string[] => [
  tier === 'outlier' ? (category ?? detector) : detector,
  ...cause,
];
