import { holm } from '../../numeric/statistics/holm.ts';
import { kolmogorovSmirnov } from '../../numeric/statistics/kolmogorov-smirnov.ts';
import { median } from '../../numeric/statistics/sample.ts';
import { count, duration } from '../../text/format.ts';
import type { Run } from './run.ts';

const SIGNIFICANT = 0.05;
const CLEAR_RATIO = 1.5;

interface Measure {
  readonly of: (run: Run) => number | null;
  readonly sentence: (here: string, there: string) => string;
  readonly print: (value: number) => string;
}

const MEASURES: readonly Measure[] = [
  {
    of: ({ latency }) => latency,
    sentence: (here, there) => `Median latency is ${here}, compared with ${there}`,
    print: duration,
  },
  {
    of: ({ tokens }) => tokens,
    sentence: (here, there) => `Median token use is ${here}, compared with ${there}`,
    print: count,
  },
];

/**
 * Describes latency and token use if their distribution differs from the nearest passing runs: p < 0.05 by the
 * Kolmogorov–Smirnov test, Holm-corrected over the two, and medians that differ by a factor of 1.5.
 */
export function measureContrast(members: readonly Run[], nearest: readonly Run[]): string[] {
  const samples = MEASURES.map(({ of }) => ({
    here: values(members, of),
    there: values(nearest, of),
  }));
  const corrected = holm(samples.map(({ here, there }) => kolmogorovSmirnov(here, there).p));
  return MEASURES.flatMap(({ sentence, print }, index) => {
    const p = corrected[index]!;
    const here = median(samples[index]!.here);
    const there = median(samples[index]!.there);
    const clear = Math.max(here, there) >= CLEAR_RATIO * Math.min(here, there);
    if (p >= SIGNIFICANT || !clear) return [];
    return [
      `${sentence(print(here), print(there))} in the nearest passing traces (KS p ${chance(p)})`,
    ];
  });
}

const values = (runs: readonly Run[], of: Measure['of']): number[] =>
  runs.map(of).filter((value) => value !== null);

const chance = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toPrecision(1)}`);
