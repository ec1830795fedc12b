import type { ChangePoint, TrendCell, TrendRelease, TrendSegment } from '../../contract/trend.ts';
import { addedRate, perThousand, type Rate, rateOf } from '../../rate/rate.ts';
import { round } from '../../text/round.ts';
import type { ListedCause } from '../causes/listed-causes.ts';
import { releasesAt } from './releases.ts';

/** What a trend shows its groups by. */
export interface TrendSetting {
  /** Traces of each group, as rows of the ledger. */
  readonly exposures: readonly number[];
  /** Of each row its group; -1 in none. */
  readonly of: ArrayLike<number>;
  /** Traces of the input for one row of the ledger. */
  readonly scale: number;
  readonly noRates: string | null;
  /** Beginning of each group; null for versions. */
  readonly starts: readonly (number | null)[];
  readonly releases: readonly TrendRelease[];
}

/** The rate of a cause in each group. */
export function ratesOf(
  { rows, weights }: Pick<ListedCause, 'rows' | 'weights'>,
  { exposures, of }: Pick<TrendSetting, 'exposures' | 'of'>,
): readonly Rate[] {
  const inGroup = exposures.map(() => [] as number[]);
  for (const [at, row] of rows.entries()) inGroup[of[row]!]?.push(weights[at]!);
  const typical = weights.reduce((sum, each) => sum + each, 0) / Math.max(1, weights.length);
  return exposures.map((traces, group) => rateOf(inGroup[group]!, traces, typical));
}

export function cellOf(
  rate: Rate,
  { scale, noRates }: Pick<TrendSetting, 'scale' | 'noRates'>,
): TrendCell {
  const failures = round(rate.events * scale);
  if (noRates !== null || rate.exposures === 0)
    return { failures, ratePerThousand: null, rateInterval: null, passShare: null };
  const { rate: perThousandTraces, interval } = perThousand(rate);
  return {
    failures,
    ratePerThousand: round(perThousandTraces),
    rateInterval: [round(interval[0]), round(interval[1])],
    passShare: round(1 - perThousandTraces / 1000),
  };
}

/** The stretches between change points, and the change points with the versions that appeared there. */
export function movement(
  rates: readonly Rate[],
  changes: readonly number[] | null,
  { starts, releases }: Pick<TrendSetting, 'starts' | 'releases'>,
): {
  readonly segments: readonly TrendSegment[];
  readonly changePoints: readonly ChangePoint[] | null;
} {
  if (changes === null) return { segments: [], changePoints: null };
  const ends = [...changes, rates.length];
  const segments = ends.map((to, index): TrendSegment => {
    const from = ends[index - 1] ?? 0;
    const { rate, interval } = perThousand(rates.slice(from, to).reduce(addedRate));
    return {
      from,
      to,
      ratePerThousand: round(rate),
      rateInterval: [round(interval[0]), round(interval[1])],
    };
  });
  return {
    segments,
    changePoints: changes.map((group, index) => ({
      group,
      time: starts[group] ?? 0,
      before: segments[index]!.ratePerThousand ?? 0,
      after: segments[index + 1]!.ratePerThousand ?? 0,
      releases: releasesAt(releases, group, starts[group] ?? 0),
    })),
  };
}
