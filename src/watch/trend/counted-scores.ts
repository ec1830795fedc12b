import type { TrendRelease, TrendScore } from '../../contract/trend.ts';
import { knownScore } from '../../text/score-names.ts';
import { meanOf, rollingMeans, type ScoreSums } from './score-means.ts';
import { changePointsOf, WINDOW } from './score-trend.ts';
import type { TimeUnit } from './time-groups.ts';

/** Sums of the values of a score, as a store counts them. */
interface CountedScore {
  readonly count: number;
  readonly total: number;
  readonly squares: number;
  readonly isBinary: boolean;
}

/** A score over time; of each day or hour its sums, null where it has no values. */
interface TimedScore {
  readonly name: string;
  readonly groups: readonly (CountedScore | null)[];
}

/** Scores over time from exact sums, with rolling means and change points as `trendIn` finds them. */
export function countedScores(
  scores: readonly TimedScore[],
  {
    unit,
    starts,
    releases,
  }: {
    readonly unit: TimeUnit;
    readonly starts: readonly number[];
    readonly releases: readonly TrendRelease[];
  },
): readonly TrendScore[] {
  return scores.map(({ name, groups }) => {
    const sums = sumsOf(groups);
    return {
      name,
      good: knownScore(name)?.good ?? null,
      cells: sums.groups.map((sum) => meanOf(sum, sums)),
      rolling: rollingMeans(sums, WINDOW[unit]).map((mean, at) => ({
        start: starts[at]!,
        ...mean,
      })),
      changePoints: changePointsOf(sums, scores.length, { starts, releases }),
    };
  });
}

/** Means of a score by version. */
export function countedMeans(groups: readonly (CountedScore | null)[]): TrendScore['cells'] {
  const sums = sumsOf(groups);
  return sums.groups.map((sum) => meanOf(sum, sums));
}

/** Around the mean of all, so that squares do not swallow the differences. */
function sumsOf(groups: readonly (CountedScore | null)[]): ScoreSums {
  const all = groups.filter((each) => each !== null);
  const count = all.reduce((sum, each) => sum + each.count, 0);
  const isBinary = all.every((each) => each.isBinary);
  const center = count === 0 ? 0 : all.reduce((sum, { total }) => sum + total, 0) / count;
  return {
    ...{ center, isBinary },
    groups: groups.map((each) =>
      each === null
        ? { count: 0, total: 0, squares: 0 }
        : {
            count: each.count,
            total: each.total - each.count * center,
            squares: each.squares - 2 * center * each.total + each.count * center * center,
          },
    ),
  };
}
