import { VERSION_FLOOR } from '../../rate/rate-change.ts';
import type { TelemetryStore, TraceFilter, ValueTraffic } from '../../store/telemetry/telemetry.ts';

/** What can be compared within an environment and a tenant. */
export interface Choices {
  /** The last to appear first. */
  readonly promptVersions: readonly ValueTraffic[];
  readonly releases: readonly ValueTraffic[];
  /** Most traces first. */
  readonly environments: readonly string[];
  readonly tenants: readonly string[];
  /** What is usually compared, before and after; null where there are no two. */
  readonly usual: {
    readonly promptVersion: Pair | null;
    readonly release: Pair | null;
    readonly time: Pair;
  };
}

type Pair = readonly [string, string];

const MOST_VALUES = 100;
const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** @param now epoch milliseconds */
export async function comparisonChoices(
  store: Pick<TelemetryStore, 'trafficBy'>,
  filter: TraceFilter,
  now: number,
): Promise<Choices> {
  const { project, environment, tenant } = filter;
  const [versions, releases, days, environments, tenants] = await Promise.all([
    store.trafficBy(filter, 'promptVersion'),
    store.trafficBy(filter, 'release'),
    store.trafficBy(filter, 'day'),
    store.trafficBy({ project, ...(tenant !== undefined && { tenant }) }, 'environment'),
    store.trafficBy({ project, ...(environment !== undefined && { environment }) }, 'tenant'),
  ]);
  const last = days.reduce((latest, each) => Math.max(latest, each.last), 0);
  return {
    promptVersions: byAppearance(versions),
    releases: byAppearance(releases),
    environments: namesOf(environments),
    tenants: namesOf(tenants),
    usual: {
      promptVersion: lastTwo(versions),
      release: lastTwo(releases),
      time: weeks(last > 0 && last < now - WEEK ? last : now),
    },
  };
}

const recorded = (values: readonly ValueTraffic[]): readonly ValueTraffic[] =>
  values.filter(({ value }) => value !== '').slice(0, MOST_VALUES);

const byAppearance = (values: readonly ValueTraffic[]): readonly ValueTraffic[] =>
  recorded(values).toSorted((a, b) => b.first - a.first || (a.value < b.value ? -1 : 1));

const namesOf = (values: readonly ValueTraffic[]): readonly string[] =>
  recorded(values).map(({ value }) => value);

/** The last two to appear, of those with enough traces to be tested. */
function lastTwo(values: readonly ValueTraffic[]): Pair | null {
  const all = byAppearance(values);
  const large = all.filter(({ eligible }) => eligible >= VERSION_FLOOR.exposures);
  const [after, before] = large.length >= 2 ? large : all;
  return before === undefined || after === undefined ? null : [before.value, after.value];
}

/** The seven days up to the end of a day, and the seven before. */
function weeks(time: number): Pair {
  const end = (Math.floor(time / DAY) + 1) * DAY;
  return [interval(end - 2 * WEEK), interval(end - WEEK)];
}

const interval = (start: number): string => `${iso(start)}/${iso(start + WEEK)}`;

const iso = (time: number): string => new Date(time).toISOString().replace('.000', '');
