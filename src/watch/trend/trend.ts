import type { Ledger } from '../../contract/ledger.ts';
import {
  TREND_VERSION,
  type Trend,
  type TrendCause,
  type TrendGroup,
} from '../../contract/trend.ts';
import { countedRate } from '../../rate/rate.ts';
import { count, plural } from '../../text/format.ts';
import { round } from '../../text/round.ts';
import { sentence } from '../../text/statement.ts';
import type { ListedCause } from '../causes/listed-causes.ts';
import { groupsBy, inOrderOfTime, type TraceGroup } from '../sides/groups.ts';
import { cellOf, movement, ratesOf, type TrendSetting } from './cause-trend.ts';
import { rateChanges } from './rate-changes.ts';
import { releasesOf } from './releases.ts';
import { scoreTrends } from './score-trend.ts';
import { type TimeUnit, timeGroups } from './time-groups.ts';
import { timeHeadline, versionsHeadline } from './trend-headline.ts';

const MOST_GROUPS = 30;

export interface TrendInput {
  readonly ledger: Ledger;
  /** In order of rank, by the group of each row (-1 in none). */
  readonly causesBy: (groupOf: Int32Array) => readonly ListedCause[];
  /** `day`, `hour`, or an attribute as it is asked for. */
  readonly by: string;
  /** Why no rates can be computed; null where they are. */
  readonly noRates: string | null;
  readonly toolVersion: string;
}

/**
 * Rates of every cause and means of every score by version, or over time with change points and releases.
 * @throws CulpritError `invalid_option` for an attribute that no trace has, and for too many days or hours.
 */
export function trendOf({ ledger, causesBy, by, noRates, toolVersion }: TrendInput): Trend {
  const unit = by === 'day' || by === 'hour' ? by : null;
  const { groups, of, left, leftTraces } =
    unit === null ? versionGroups(ledger, by) : overTime(ledger, unit);
  const causes = causesBy(of);
  const scale = ledger.rows === 0 ? 1 : ledger.eligible / ledger.rows;
  const starts = groups.map(({ start }) => start);
  const releases = unit === null ? [] : releasesOf(ledger, { groups, of });
  const setting: TrendSetting = {
    ...{ of, scale, noRates, starts, releases },
    exposures: groups.map(({ traces }) => traces),
  };
  const rates = causes.map((cause) => ratesOf(cause, setting));
  const failing = groups.map(({ traces, failed }) => countedRate(failed, traces));
  const [ofAll, ...changes] =
    unit === null || noRates !== null
      ? [null, ...causes.map(() => null)]
      : rateChanges([failing, ...rates]);
  const listed = causes.map((cause, index): TrendCause => {
    const { id, title, category, layer, severity, isNamed, weights } = cause;
    return {
      ...{ id, title, category, layer, severity, isNamed },
      failures: round(weights.reduce((sum, each) => sum + each, 0) * scale),
      cells: rates[index]!.map((rate) => cellOf(rate, setting)),
      ...movement(rates[index]!, changes[index] ?? null, setting),
    };
  });
  const traces = Math.round(groups.reduce((sum, each) => sum + each.traces, 0) * scale);
  return {
    version: TREND_VERSION,
    toolVersion,
    by,
    isTime: unit !== null,
    headline:
      noRates !== null
        ? sentence('Counts, without rates')
        : unit === null
          ? versionsHeadline(
              groups,
              rates.filter((_, at) => causes[at]!.isNamed),
            )
          : timeHeadline(listed, groups, unit),
    noRates,
    traces,
    without: Math.max(0, ledger.eligible - traces - Math.round(leftTraces * scale)),
    groups: groups.map((group, at) => groupOf(group, cellOf(failing[at]!, setting), scale)),
    releases,
    failing: movement(failing, ofAll ?? null, setting),
    causes: listed,
    ...scoreTrends(ledger, { of, groups: groups.length, unit, starts, releases }),
    remarks: [
      ...(left === 0
        ? []
        : [
            `${plural(left, 'more value')} of ${by} with ${plural(Math.round(leftTraces * scale), 'trace')} not shown`,
          ]),
      ...(causes.some(({ isEstimate }) => isEstimate)
        ? ['failures without a condition are estimated from the sample']
        : []),
      ...(ledger.rows < ledger.eligible
        ? [`counted in a random draw of ${count(ledger.rows)} traces, and scaled`]
        : []),
    ],
  };
}

type Group = TraceGroup & { readonly start: number | null };

interface Grouped {
  readonly groups: readonly Group[];
  readonly of: Int32Array;
  /** Values that are not shown. */
  readonly left: number;
  /** Traces that have them. */
  readonly leftTraces: number;
}

const overTime = (ledger: Ledger, unit: TimeUnit): Grouped => ({
  ...timeGroups(ledger, unit),
  left: 0,
  leftTraces: 0,
});

/** Versions in order of appearance; of more than 30 those with the most traces. */
function versionGroups(ledger: Ledger, by: string): Grouped {
  const { groups, of } = groupsBy(ledger, by);
  const bySize = groups.toSorted((a, b) => b.traces - a.traces);
  const shown = inOrderOfTime(bySize.slice(0, MOST_GROUPS));
  const placeOf = new Map(shown.map(({ position }, place) => [position, place]));
  return {
    groups: shown.map((group) => ({ ...group, start: null })),
    of: of.map((position) => placeOf.get(position) ?? -1),
    left: groups.length - shown.length,
    leftTraces: bySize.slice(MOST_GROUPS).reduce((sum, { traces }) => sum + traces, 0),
  };
}

const groupOf = (
  { name, start, traces, firstSeen, lastSeen }: Group,
  { failures, ratePerThousand, rateInterval }: ReturnType<typeof cellOf>,
  scale: number,
): TrendGroup => ({
  ...{ name, start, failures, ratePerThousand, rateInterval, firstSeen, lastSeen },
  traces: Math.round(traces * scale),
});
