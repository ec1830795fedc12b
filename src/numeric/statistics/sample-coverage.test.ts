import { expect, test } from 'vitest';
import { nextFloat, seedRandom } from '../random/random.ts';
import { sampleCoverage } from './sample-coverage.ts';

const kinds = (n: number, observed: number, once: number, twice: number): number[] => {
  const rest = n - once - 2 * twice;
  const others = observed - once - twice;
  const counts = Array.from({ length: others }, () => Math.floor(rest / others));
  counts[0] = (counts[0] ?? 0) + (rest % others);
  return [...Array(once).fill(1), ...Array(twice).fill(2), ...counts];
};

test.each([
  // Spiders of Harvard Forest, as R's iNEXT prints them (`DataInfo(spider)`).
  { site: 'girdled', n: 168, observed: 26, once: 12, twice: 4, coverage: 0.9289 },
  { site: 'logged', n: 252, observed: 37, once: 14, twice: 4, coverage: 0.9446 },
])('agrees with iNEXT: $site', ({ n, observed, once, twice, coverage }) => {
  expect(sampleCoverage(kinds(n, observed, once, twice))?.estimate).toBeCloseTo(coverage, 4);
});

test('few draws promise little', () => {
  expect(sampleCoverage([])).toBe(null);
  expect(sampleCoverage([5])).toEqual({ estimate: 1, lower: expect.closeTo(0.05 ** (1 / 5), 10) });
  expect(sampleCoverage([1, 1, 1])!.lower).toBe(0);
});

test('the bound holds in at least nine of ten samples', () => {
  const random = seedRandom(4);
  const shares = Array.from({ length: 30 }, (_, kind) => 1 / (kind + 1));
  const sums = shares.map((_, kind) => shares.slice(0, kind + 1).reduce((a, b) => a + b));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let holds = 0;
  for (let trial = 0; trial < 500; trial++) {
    const counts = shares.map(() => 0);
    for (let draw = 0; draw < 60; draw++) {
      const at = nextFloat(random) * total;
      const kind = sums.findIndex((sum) => at < sum);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    const seen = shares.filter((_, kind) => counts[kind]! > 0).reduce((a, b) => a + b, 0) / total;
    if (sampleCoverage(counts.filter((count) => count > 0))!.lower <= seen) holds += 1;
  }
  expect(holds).toBeGreaterThanOrEqual(450);
});
