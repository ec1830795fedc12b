import { kolmogorovSmirnov } from '../numeric/statistics/kolmogorov-smirnov.ts';

/** Fewer traces prove nothing. */
const LEAST = 50;
const ALARM = 0.001;

/**
 * Whether probabilities differ from those of the labeled traces beyond chance (Kolmogorov–Smirnov, p below 0.001): then
 * the traces are not of the kind that was labeled, and the bounds do not hold for them.
 */
export const hasDrifted = (
  probabilities: readonly number[],
  reference: readonly number[],
): boolean =>
  probabilities.length >= LEAST && kolmogorovSmirnov(probabilities, reference).p < ALARM;
