import { nextNormal, seedRandom } from '../random/random.ts';

const DRAWS = 2_000;

/**
 * Probability that each of several estimates is among the three highest: the share of 2,000 seeded draws
 * in which it is, each estimate drawn from a normal distribution with its mean and standard deviation.
 * Standard error at most 0.011. Ties go to the first.
 */
export function topThreeProbability(
  estimates: readonly { readonly mean: number; readonly deviation: number }[],
  seed: number,
): number[] {
  const hits = new Float64Array(estimates.length);
  const random = seedRandom(seed);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const drawn = estimates.map(({ mean, deviation }, index) => ({
      index,
      value: mean + deviation * nextNormal(random),
    }));
    drawn.sort((a, b) => b.value - a.value || a.index - b.index);
    for (const { index } of drawn.slice(0, 3)) hits[index]! += 1;
  }
  return Array.from(hits, (count) => count / DRAWS);
}
