/** One-sided 95%. */
const Z95 = 1.6448536269514722;

/**
 * Share of all occurrences whose kind has been seen already, from how often each kind was seen: Good and Turing's
 * estimate (Good 1953) as improved by Chao and Jost (2012), with a one-sided 95% lower bound. The bound takes the larger
 * of two doubts: Esty's normal limit (1983), and what `n` draws without a new kind leave possible, 1 − 0.05^(1/n).
 * @param counts Occurrences of each kind, at least 1.
 * @returns null without occurrences.
 */
export function sampleCoverage(
  counts: readonly number[],
): { readonly estimate: number; readonly lower: number } | null {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const once = counts.filter((count) => count === 1).length;
  const twice = counts.filter((count) => count === 2).length;
  const missing = (once / n) * share(n, once, twice);
  const variance = once / n + (2 * twice) / n - (once / n) ** 2;
  const doubt = Math.max(
    once / n + (Z95 * Math.sqrt(Math.max(0, variance))) / Math.sqrt(n),
    1 - 0.05 ** (1 / n),
  );
  return { estimate: 1 - missing, lower: Math.max(0, 1 - doubt) };
}

/** Chao and Jost's correction; without kinds seen twice, in its bias-corrected form. */
function share(n: number, once: number, twice: number): number {
  if (once === 0) return 0;
  const above = twice > 0 ? (n - 1) * once : (n - 1) * (once - 1);
  const below = twice > 0 ? above + 2 * twice : above + 2;
  return above / below;
}
