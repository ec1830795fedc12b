import { wilson } from './wilson.ts';

/**
 * Interval of the difference k1/n1 − k2/n2 of two independent proportions: Newcombe's hybrid score interval
 * (1998, method 10), from Wilson's interval of each, without continuity correction. Stays within [−1, 1].
 * An empty group gives the widest interval that the other one allows.
 */
export function newcombe(
  k1: number,
  n1: number,
  k2: number,
  n2: number,
  z?: number,
): readonly [number, number] {
  const p1 = n1 > 0 ? k1 / n1 : 0.5;
  const p2 = n2 > 0 ? k2 / n2 : 0.5;
  const [low1, high1] = wilson(p1, n1, z);
  const [low2, high2] = wilson(p2, n2, z);
  const difference = p1 - p2;
  return [
    difference - Math.hypot(p1 - low1, high2 - p2),
    difference + Math.hypot(high1 - p1, p2 - low2),
  ];
}
