import { DIMENSIONS, type Dimension, type Traits } from '../../contract/dimension.ts';
import type { Failure } from '../../contract/failure.ts';
import type { PointCluster } from '../../contract/grouping.ts';
import type { Breakdown, Facet } from '../../contract/traffic.ts';
import { newcombe } from '../../numeric/statistics/newcombe.ts';
import { addedRate, countedRate, type Rate, rateOf, shareOf } from '../../rate/rate.ts';
import {
  adjust,
  isNarrow,
  SIGNIFICANT,
  significantDigits,
  TENANT_FLOOR,
  testOf,
  VERSION_FLOOR,
} from '../../rate/rate-change.ts';
import { round } from '../../text/round.ts';
import { traitsOf } from '../../trace/traits.ts';
import { changeOf, perThousand } from './compare-rates.ts';
import { consecutive } from './traffic.ts';

/** Values listed for a cause. */
const MOST_VALUES = 12;

type Value = Facet['values'][number];
type Standing = Pick<Breakdown['values'][number], 'lift' | 'standing' | 'q'>;

/**
 * The breakdowns of the clusters of one level, whose tests are corrected together: each dimension over all causes
 * and all pairs of versions, or all values that stand side by side.
 */
export function breakdownsOf(
  clusters: readonly PointCluster[],
  failures: readonly Failure[],
  facets: readonly Facet[],
): ReadonlyMap<PointCluster, readonly Breakdown[]> {
  const traits = failures.map(({ trace }) => traitsOf(trace));
  const typical =
    failures.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, failures.length);
  const found = new Map(clusters.map((cluster) => [cluster, [] as Breakdown[]]));
  for (const dimension of DIMENSIONS) {
    const facet = facets.find((each) => each.dimension === dimension);
    if (facet === undefined || facet.values.length < 2) continue;
    const rates = clusters.map((cluster) => ratesOf(cluster, facet, { failures, traits, typical }));
    const pairs = consecutive(dimension, facet.values);
    const made = pairs.length === 0 ? sideBySide(facet, rates) : inSequence(facet, pairs, rates);
    for (const [index, cluster] of clusters.entries()) found.get(cluster)!.push(made[index]!);
  }
  return found;
}

/** Exact counts of one value: its eligible traces, and those that failed by the cause. */
export type CountedValue = Pick<
  Facet['values'][number],
  'value' | 'traces' | 'firstSeen' | 'lastSeen'
> & {
  readonly failures: number;
};

/** A cause by the values of a dimension, from exact counts; null where fewer than two have traces. */
export function countedBreakdown(
  dimension: Dimension,
  counted: readonly CountedValue[],
): Breakdown | null {
  const values = counted
    .filter(({ value, traces }) => value !== '' && traces > 0)
    .map((each) => ({ ...each, failed: each.failures, ratePerThousand: 0, rateInterval: NO_RATE }));
  if (values.length < 2) return null;
  const facet = {
    ...{ dimension, values, recorded: 0, distinct: values.length, changes: [] },
  } satisfies Facet;
  const ofValue = new Map(
    values.map(({ value, failures, traces }) => [
      value,
      countedRate(Math.min(failures, traces), traces),
    ]),
  );
  const rates = [{ ofValue, unlisted: countedRate(0, 0) }];
  const pairs = consecutive(dimension, values);
  return (pairs.length === 0 ? sideBySide(facet, rates) : inSequence(facet, pairs, rates))[0]!;
}

const NO_RATE = [0, 0] as const;

interface Sampled {
  readonly failures: readonly Failure[];
  readonly traits: readonly Traits[];
  /** Mean sampling weight. */
  readonly typical: number;
}

/** The rate of a cluster at each value of the facet, and at all that are not listed. */
interface Rates {
  readonly ofValue: ReadonlyMap<string, Rate>;
  readonly unlisted: Rate;
}

function ratesOf(
  { members }: PointCluster,
  { dimension, recorded, values }: Facet,
  { failures, traits, typical }: Sampled,
): Rates {
  const weights = new Map(values.map(({ value }) => [value, [] as number[]]));
  const others: number[] = [];
  for (const row of members) {
    const value = traits[row]![dimension];
    if (value !== null) (weights.get(value) ?? others).push(failures[row]!.weight);
  }
  const listed = values.reduce((sum, { traces }) => sum + traces, 0);
  return {
    ofValue: new Map(
      values.map(({ value, traces }) => [value, rateOf(weights.get(value)!, traces, typical)]),
    ),
    unlisted: rateOf(others, recorded - listed, typical),
  };
}

/** Each version compared with the one before. */
function inSequence(
  { dimension, values }: Facet,
  pairs: ReturnType<typeof consecutive>,
  rates: readonly Rates[],
): readonly Breakdown[] {
  const compared = rates.map(({ ofValue }) =>
    pairs.map(([from, to]) => ({
      from,
      to,
      before: ofValue.get(from.value)!,
      after: ofValue.get(to.value)!,
    })),
  );
  const qs = adjust(
    compared.flat().map(({ before, after }) => testOf(before, after, VERSION_FLOOR)),
  ).values();
  const inPairs: ReadonlySet<unknown> = new Set(pairs.flat());
  return rates.map(({ ofValue }, index): Breakdown => {
    const changes = compared[index]!.map(({ from, to, before, after }) => ({
      from: from.value,
      to: to.value,
      ...changeOf(before, after, qs.next().value!),
    }));
    const listed = values
      .filter((each) => inPairs.has(each) || ofValue.get(each.value)!.events > 0)
      .slice(-MOST_VALUES);
    return {
      dimension,
      values: listed.map((each) => cellOf(each, ofValue.get(each.value)!, UNTESTED)),
      changes: changes.slice(-MOST_VALUES),
    };
  });
}

const UNTESTED: Standing = { lift: null, standing: null, q: null };

/** Each value compared with all others. */
function sideBySide({ dimension, values }: Facet, rates: readonly Rates[]): readonly Breakdown[] {
  const floor = dimension === 'tenant' ? TENANT_FLOOR : VERSION_FLOOR;
  const compared = rates.map((each) => values.map(({ value }) => withRest(each, value)));
  const qs = adjust(compared.flat().map(({ own, rest }) => testOf(own, rest, floor))).values();
  return rates.map((_, index): Breakdown => {
    const listed = values.map((value, at) => {
      const { own, rest } = compared[index]![at]!;
      return cellOf(value, own, standingOf(own, rest, qs.next().value!));
    });
    return {
      dimension,
      values: listed
        .filter(({ failures }) => failures > 0)
        .sort((a, b) => b.failures - a.failures)
        .slice(0, MOST_VALUES),
      changes: [],
    };
  });
}

function withRest(
  { ofValue, unlisted }: Rates,
  value: string,
): { readonly own: Rate; readonly rest: Rate } {
  let rest = unlisted;
  for (const [other, rate] of ofValue) if (other !== value) rest = addedRate(rest, rate);
  return { own: ofValue.get(value)!, rest };
}

function standingOf(own: Rate, rest: Rate, q: number | null): Standing {
  const usual = shareOf(rest);
  const lift = usual > 0 ? round(shareOf(own) / usual) : null;
  if (q === null) return { lift, standing: 'cannot tell', q };
  if (q >= SIGNIFICANT) {
    const interval = newcombe(own.seen, own.among, rest.seen, rest.among);
    const standing = isNarrow(interval, usual) ? 'same' : 'cannot tell';
    return { lift, standing, q: significantDigits(q) };
  }
  const more = shareOf(own) > usual ? 'more' : 'less';
  return { lift, standing: usual === 0 ? 'only here' : more, q: significantDigits(q) };
}

const cellOf = (
  { value, traces }: Value,
  rate: Rate,
  standing: Standing,
): Breakdown['values'][number] => ({
  value,
  failures: round(rate.events),
  traces,
  ...perThousand(rate),
  ...standing,
});
