import type { Cluster } from '../../contract/cluster.ts';
import type { Failure } from '../../contract/failure.ts';
import type { PointCluster } from '../../contract/grouping.ts';
import type { Badge, Breakdown, Buckets, Change } from '../../contract/traffic.ts';
import { round } from '../../text/round.ts';
import { bucketAt } from './buckets.ts';

export type Seen = Pick<Cluster, 'firstSeen' | 'lastSeen' | 'trend'>;

/** When the members of a cluster occurred. */
export function seenOf(
  { members }: PointCluster,
  failures: readonly Failure[],
  buckets: Buckets | null,
): Seen {
  let firstSeen: number | null = null;
  let lastSeen: number | null = null;
  const trend = buckets === null ? null : Array<number>(buckets.traces.length).fill(0);
  for (const row of members) {
    const { trace, weight } = failures[row]!;
    const time = trace.startTime;
    if (time === null || !Number.isFinite(time)) continue;
    firstSeen = Math.min(firstSeen ?? time, time);
    lastSeen = Math.max(lastSeen ?? time, time);
    if (buckets === null || trend === null) continue;
    const at = bucketAt(buckets, time);
    if (at >= 0) trend[at]! += weight;
  }
  return { firstSeen, lastSeen, trend: trend?.map(round) ?? null };
}

/** One badge for versions, from the first dimension of them that has one, and one for the tenant that stands out most. */
export function badgesOf(breakdowns: readonly Breakdown[]): readonly Badge[] {
  const ofVersions = breakdowns
    .filter(({ dimension }) => dimension !== 'tenant')
    .map((breakdown) =>
      breakdown.changes.length > 0 ? changeBadge(breakdown) : standingBadge(breakdown),
    )
    .find((badge) => badge !== null);
  const tenants = breakdowns.find(({ dimension }) => dimension === 'tenant');
  return [ofVersions, tenants && standingBadge(tenants)].filter(
    (badge) => badge !== undefined && badge !== null,
  );
}

/** The last change that passed its test. */
function changeBadge({ dimension, values, changes }: Breakdown): Badge | null {
  const change = changes.findLast(({ state }) => TESTED.includes(state));
  if (change === undefined) return null;
  const { to, state, ratio } = change;
  const badge = (kind: Badge['kind'], text: string): Badge => ({
    kind,
    dimension,
    value: to,
    text,
  });
  switch (state) {
    case 'new': {
      const isOnly = values.every(({ value, failures }) => value === to || failures === 0);
      return isOnly ? badge('only in', `only in ${to}`) : badge('new', `new since ${to}`);
    }
    case 'gone':
      return badge('gone', `gone since ${to}`);
    case 'grown':
    case 'shrunk':
      return badge(state, `${times(ratio)} since ${to}`);
    default:
      return null;
  }
}

const TESTED: readonly Change['state'][] = ['new', 'gone', 'grown', 'shrunk'];

/** The value with the highest lift of those that passed their test. */
function standingBadge({ dimension, values }: Breakdown): Badge | null {
  const [most] = values
    .filter(({ standing }) => standing === 'only here' || standing === 'more')
    .sort((a, b) => (b.lift ?? Number.MAX_VALUE) - (a.lift ?? Number.MAX_VALUE));
  if (most === undefined) return null;
  const { value, standing, lift } = most;
  return standing === 'only here'
    ? { kind: 'only in', dimension, value, text: `only in ${value}` }
    : { kind: 'more in', dimension, value, text: `${times(lift)} in ${value}` };
}

/** `1.5×`, `12×`, `0.4×`: two significant digits. */
const times = (ratio: number | null): string => `${Number((ratio ?? 0).toPrecision(2))}×`;
