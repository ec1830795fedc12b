import {
  nextFloat,
  nextNormal,
  type RandomState,
  seedRandom,
} from '../../numeric/random/random.ts';
import type { Watching } from '../watchers/advance.ts';
import { DAY, type Series, seriesOf } from '../watchers/series.ts';

/** A Monday. */
export const SIMULATED_START = Date.UTC(2026, 5, 1);

export interface SimulatedTraffic {
  readonly method: Watching['method'];
  readonly days: number;
  /** Mean of an hour: events of a count, traces of a rate or level. */
  readonly perHour: number;
  /** Of traces that fail; for rates. */
  readonly rate?: number;
  /** From this stretch on there are so many times as many events, or values are so many times as high. */
  readonly step?: { readonly at: number; readonly factor: number };
}

/** Poisson traffic with a daily and a weekly cycle that begins at any hour of the week; values of levels are log-normal. */
export function simulatedSeries(traffic: SimulatedTraffic, seed: number): Series {
  const { method, days, perHour, rate = 0.1, step } = traffic;
  const random = seedRandom(seed);
  const shift = Math.floor(nextFloat(random) * 7 * DAY);
  const length = days * DAY;
  const exposures = new Float64Array(length);
  const totals = new Float64Array(length);
  const squares = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const mean = (perHour / 12) * cycle(at + shift);
    const factor = step !== undefined && at >= step.at ? step.factor : 1;
    const count = poissonNumber(method === 'seasonal' ? mean * factor : mean, random);
    exposures[at] = count;
    if (method === 'seasonal') totals[at] = count;
    else
      for (let each = 0; each < count; each++) {
        if (method === 'binomial') totals[at]! += Number(nextFloat(random) < rate * factor);
        else {
          const value = 0.8 * nextNormal(random) + Math.log(factor);
          totals[at]! += value;
          squares[at]! += value * value;
        }
      }
  }
  return seriesOf({ start: SIMULATED_START, exposures, totals, squares });
}

/** Between 0.2 and 1.9, mean about 1. */
function cycle(at: number): number {
  const day = 1 + 0.6 * Math.sin((2 * Math.PI * (at % DAY)) / DAY);
  return day * (Math.floor(at / DAY) % 7 >= 5 ? 0.5 : 1.2);
}

/** By multiplication of uniform numbers (Knuth 1969), beyond 50 by the normal distribution. */
function poissonNumber(mean: number, random: RandomState): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * nextNormal(random)));
  const limit = Math.exp(-mean);
  let product = nextFloat(random);
  let count = 0;
  while (product > limit) {
    product *= nextFloat(random);
    count++;
  }
  return count;
}
