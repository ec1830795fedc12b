import {
  DIMENSIONS,
  type Dimension,
  type Facet,
  type FacetCounts,
  type Traffic,
  type TrafficCounts,
  type ValueCount,
} from '../../contract/traffic.ts';
import { benjaminiHochberg } from '../../numeric/statistics/benjamini-hochberg.ts';
import { naturalOrder } from '../../text/natural-order.ts';
import { coarseBuckets } from './buckets.ts';
import { changeOf, countedRate, perThousand, testOf, VERSION_FLOOR } from './compare-rates.ts';

const MOST_VALUES = 50;

/** The traffic as the record keeps it. */
export const trafficOf = (counts: TrafficCounts): Traffic => ({
  firstSeen: counts.firstSeen,
  lastSeen: counts.lastSeen,
  buckets: coarseBuckets(counts.buckets),
  facets: DIMENSIONS.flatMap((dimension) => {
    const facet = counts.facets[dimension];
    return facet.recorded === 0 ? [] : [facetOf(dimension, facet)];
  }),
});

function facetOf(dimension: Dimension, { recorded, values }: FacetCounts): Facet {
  const most = [...values]
    .map(([value, count]) => ({ value, ...count }))
    .sort((a, b) => b.traces - a.traces || naturalOrder(a.value, b.value))
    .slice(0, MOST_VALUES);
  const listed = dimension === 'tenant' ? most : most.sort(byAppearance);
  return {
    dimension,
    recorded,
    distinct: values.size,
    values: listed.map((each) => ({
      ...each,
      ...perThousand(countedRate(each.failed, each.traces)),
    })),
    changes: changesOf(dimension, listed),
  };
}

export type Version = ValueCount & { readonly value: string };

const byAppearance = (a: Version, b: Version): number =>
  (a.firstSeen ?? Number.POSITIVE_INFINITY) - (b.firstSeen ?? Number.POSITIVE_INFINITY) ||
  naturalOrder(a.value, b.value);

/** Versions with enough traces to be tested, each with the next; all of them where fewer than two have. */
export function consecutive<Each extends Pick<Version, 'traces'>>(
  dimension: Dimension,
  versions: readonly Each[],
): readonly (readonly [Each, Each])[] {
  if (dimension === 'tenant') return [];
  const large = versions.filter(({ traces }) => traces >= VERSION_FLOOR.exposures);
  const compared = large.length >= 2 ? large : versions;
  return compared.slice(1).map((to, index) => [compared[index]!, to]);
}

/** The later one came after the earlier one and outlived it; without times, its name counts on: `v3`, `v4`. */
export function isLater(from: Version, to: Version): boolean {
  if (from.firstSeen === null || to.firstSeen === null)
    return from.value.replace(NUMBERS, '') === to.value.replace(NUMBERS, '');
  return to.firstSeen > from.firstSeen && to.lastSeen! > from.lastSeen!;
}

const NUMBERS = /\d{1,15}/g;

function changesOf(dimension: Dimension, versions: readonly Version[]): Facet['changes'] {
  const pairs = consecutive(dimension, versions).map(([from, to]) => {
    const before = countedRate(from.failed, from.traces);
    const after = countedRate(to.failed, to.traces);
    return { from, to, before, after, p: testOf(before, after, VERSION_FLOOR) };
  });
  const adjusted = adjust(pairs.map(({ p }) => p));
  return pairs.map(({ from, to, before, after }, index) => ({
    from: from.value,
    to: to.value,
    isLater: isLater(from, to),
    ...changeOf(before, after, adjusted[index]!),
  }));
}

/** Benjamini and Hochberg's q of those that were tested. */
export function adjust(ps: readonly (number | null)[]): (number | null)[] {
  const adjusted = benjaminiHochberg(ps.filter((p) => p !== null)).values();
  return ps.map((p) => (p === null ? null : adjusted.next().value!));
}
