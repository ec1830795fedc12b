import type { CurveParameters } from './ab-params.ts';

/** Force coefficients by map distance: entry ⌊d² / (d² + 1) · FORCE_STEPS⌋, multiplied by the difference of positions. */
export interface Forces {
  /** −2ab d^(2b−2) / (1 + a d^2b), negative. */
  readonly attraction: Float32Array;
  /** 2b / ((0.001 + d²) (1 + a d^2b)), positive. */
  readonly repulsion: Float32Array;
}

/**
 * Tables instead of powers, which halves the time of an epoch. The steps are fine where both curves are steep, and exact
 * in the tail, where they fall as 1 / d² and 1 / d^(2+2b); each value is that of the middle of its step.
 */
export function forceTables({ a, b }: CurveParameters): Forces {
  const attraction = new Float32Array(FORCE_STEPS);
  const repulsion = new Float32Array(FORCE_STEPS);
  for (let step = 0; step < FORCE_STEPS; step++) {
    const share = (step + 0.5) / FORCE_STEPS;
    const squared = share / (1 - share);
    const fall = 1 + a * squared ** b;
    attraction[step] = (-2 * a * b * squared ** (b - 1)) / fall;
    repulsion[step] = (2 * b) / ((0.001 + squared) * fall);
  }
  return { attraction, repulsion };
}

export const FORCE_STEPS = 4096;
