import { DIMENSIONS, type Dimension } from '../../contract/dimension.ts';
import type {
  Facet,
  FacetCounts,
  Traffic,
  TrafficCounts,
  ValueCount,
} from '../../contract/traffic.ts';
import { countedRate } from '../../rate/rate.ts';
import { adjust, testOf, VERSION_FLOOR } from '../../rate/rate-change.ts';
import { naturalOrder } from '../../text/natural-order.ts';
import { coarseBuckets } from './buckets.ts';
import { changeOf, perThousand } from './compare-rates.ts';

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

type Version = ValueCount & { readonly value: string };

const byAppearance = (a: Version, b: Version): number =>
  (a.firstSeen ?? Number.POSITIVE_INFINITY) - (b.firstSeen ?? Number.POSITIVE_INFINITY) ||
  naturalOrder(a.value, b.value);

/**
 * Versions that follow each other, each with the next: those with enough traces to be tested, or all where fewer than
 * two have. None for values that stand side by side, such as tenants, or two models in use at once.
 */
export function consecutive(
  dimension: Dimension,
  versions: readonly Version[],
): readonly (readonly [Version, Version])[] {
  if (dimension === 'tenant') return [];
  const own = dimension === 'model' ? versions.filter(isNoAlias) : versions;
  const large = own.filter(({ traces }) => traces >= VERSION_FLOOR.exposures);
  const compared = large.length >= 2 ? large : own;
  const sequence = compared.every(({ firstSeen }) => firstSeen !== null)
    ? inTime(compared)
    : byName(dimension, compared);
  return sequence.slice(1).map((to, index) => [sequence[index]!, to]);
}

/**
 * Whether no other name is this one and a date, as `gpt-4o-2024-08-06` is of `gpt-4o`. A call that failed names only the
 * model asked for; one that worked names the dated model that answered. Both are one model, so nothing changed between them.
 */
const isNoAlias = ({ value }: Version, _index: number, all: readonly Version[]): boolean =>
  !all.some(
    (other) => other.value.startsWith(value) && DATED.test(other.value.slice(value.length)),
  );

const DATED = /^[-@]\d{4}-?\d{2}-?\d{2}$/;

/** The first version, the next that came after it, and so on. */
function inTime(versions: readonly Version[]): readonly Version[] {
  const sequence: Version[] = [];
  for (const version of versions) {
    const last = sequence.at(-1);
    if (last === undefined || cameAfter(version, last)) sequence.push(version);
  }
  return sequence;
}

/** Of the time that two versions span together, how much belongs to the first alone before the second came. */
const ALONE = 0.1;

function cameAfter(to: Version, from: Version): boolean {
  const alone = to.firstSeen! - from.firstSeen!;
  const together = Math.max(from.lastSeen!, to.lastSeen!) - from.firstSeen!;
  return alone > 0 && alone >= ALONE * together && to.lastSeen! > from.lastSeen!;
}

/** Without times, names that count on: `v3`, `v4`. Names of models count sizes as well, so theirs say nothing. */
function byName(dimension: Dimension, versions: readonly Version[]): readonly Version[] {
  const names = new Set(versions.map(({ value }) => value.replace(NUMBERS, '')));
  return dimension !== 'model' && names.size === 1 ? versions : [];
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
    ...changeOf(before, after, adjusted[index]!),
  }));
}
