import type { Ledger } from '../../contract/ledger.ts';
import type { ChangePoint, TrendRelease, TrendScore } from '../../contract/trend.ts';
import { round } from '../../text/round.ts';
import { knownScore } from '../../text/score-names.ts';
import { releasesAt } from './releases.ts';
import { meanChanges, meanOf, rollingMeans, type ScoreSums, scoreSums } from './score-means.ts';
import { MILLISECONDS, type TimeGroups, type TimeUnit, timeGroups } from './time-groups.ts';

const MOST_SCORES = 30;
/** Days or hours of a rolling mean. */
export const WINDOW: Readonly<Record<TimeUnit, number>> = { day: 7, hour: 24 };
/** Below as many days, hours show more. */
const FEWEST_DAYS = 3;

export interface ScoreTrends {
  readonly rolling: '7 days' | '24 hours' | null;
  readonly scores: readonly TrendScore[];
}

interface ScoreSetting {
  readonly of: ArrayLike<number>;
  readonly groups: number;
  /** The unit where groups are days or hours; null for versions. */
  readonly unit: TimeUnit | null;
  readonly starts: readonly (number | null)[];
  readonly releases: readonly TrendRelease[];
}

/** Every score in every group, with rolling means over time and, where the groups are stretches of time, change points. */
export function scoreTrends(ledger: Ledger, setting: ScoreSetting): ScoreTrends {
  const scores = ledger.scores
    .toSorted((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_SCORES);
  const unit = setting.unit ?? unitFor(ledger);
  const times = scores.length === 0 || unit === null ? null : timeGroups(ledger, unit);
  const isTimed = times !== null && times.groups.length > 0 && unit !== null;
  return {
    rolling: isTimed ? (unit === 'day' ? '7 days' : '24 hours') : null,
    scores: scores.map((score) => {
      const sums = scoreSums(score, setting.of, setting.groups);
      return {
        name: score.name,
        good: knownScore(score.name)?.good ?? null,
        cells: sums.groups.map((sum) => meanOf(sum, sums)),
        rolling: isTimed
          ? rollingOf(scoreSums(score, times.of, times.groups.length), times, unit)
          : [],
        changePoints: setting.unit === null ? null : changePointsOf(sums, scores.length, setting),
      };
    }),
  };
}

const rollingOf = (
  sums: ScoreSums,
  { groups }: TimeGroups,
  unit: TimeUnit,
): TrendScore['rolling'] =>
  rollingMeans(sums, WINDOW[unit]).map((mean, at) => ({ start: groups[at]!.start, ...mean }));

/** Where a score moved; null where there is too little to look at. @param series scores that are looked at together */
export function changePointsOf(
  sums: ScoreSums,
  series: number,
  { starts, releases }: Pick<ScoreSetting, 'starts' | 'releases'>,
): readonly ChangePoint[] | null {
  const changes = meanChanges(sums, series);
  if (changes === null) return null;
  const bounds = [0, ...changes, sums.groups.length];
  const level = (segment: number): number => {
    const part = sums.groups.slice(bounds[segment], bounds[segment + 1]);
    const count = part.reduce((sum, each) => sum + each.count, 0);
    return round(sums.center + part.reduce((sum, each) => sum + each.total, 0) / count);
  };
  return changes.map((group, index) => ({
    group,
    time: starts[group] ?? 0,
    before: level(index),
    after: level(index + 1),
    releases: releasesAt(releases, group, starts[group] ?? 0),
  }));
}

/** Days, or hours where there are few days; null without times, and where even days are too many. */
function unitFor({ startTime }: Ledger): TimeUnit | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of startTime) {
    if (Number.isNaN(time)) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  if (first > last) return null;
  const days = (last - first) / MILLISECONDS.day;
  return days < FEWEST_DAYS ? 'hour' : days < 900 ? 'day' : null;
}
