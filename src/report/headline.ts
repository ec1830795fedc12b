import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { Detected } from '../contract/detected.ts';
import type { Headline } from '../contract/headline.ts';
import type { Traffic } from '../contract/traffic.ts';
import { TENANT_FLOOR } from '../rate/rate-change.ts';
import {
  coverage,
  failingShares,
  fixFirst,
  groupCoverage,
  whatChanged,
  whereStandsOut,
} from '../text/headline.ts';

interface HeadlineInput {
  readonly clusters: readonly Cluster[];
  readonly traffic: Traffic;
  readonly failures: Analysis['failures'];
  readonly detected: Pick<Detected, 'traces' | 'failed'>;
  readonly all: boolean;
}

/** The first lines of the report, from the causes of the listed level. */
export function headlineOf({
  clusters,
  traffic,
  failures,
  detected: { traces, failed },
  all,
}: HeadlineInput): Headline {
  const first = clusters.find(({ rank }) => rank === 1);
  const ranked = clusters.filter(({ rank }) => rank !== null);
  const known = new Set(ranked.map(({ id }) => id));
  return {
    fix:
      first === undefined || all
        ? null
        : fixFirst({
            title: first.title,
            failures: first.population,
            failed,
            interval: first.shareInterval,
          }),
    ...(all || failed === 0 ? { change: null, rates: null } : lastChange(ranked, traffic)),
    tenants: all || failed === 0 ? null : tenantsOf(ranked, traffic),
    coverage: all
      ? groupCoverage({
          traces,
          sampled: failures.length,
          grouped: failures.filter(({ cluster }) => cluster !== null).length,
        })
      : coverage({
          traces,
          failed,
          sampled: failures.length,
          known: failures.filter(({ cluster }) => cluster !== null && known.has(cluster)).length,
        }),
  };
}

/** At which tenants causes are more frequent than elsewhere, by the tests of the breakdowns. */
function tenantsOf(clusters: readonly Cluster[], { facets }: Traffic): Headline['tenants'] {
  const tenants = facets
    .find(({ dimension }) => dimension === 'tenant')
    ?.values.filter(({ traces }) => traces >= TENANT_FLOOR.exposures);
  if (tenants === undefined || tenants.length < 2) return null;
  const standings = clusters.flatMap(
    ({ breakdowns }) => breakdowns.find(({ dimension }) => dimension === 'tenant')?.values ?? [],
  );
  const isMore = ({ standing }: (typeof standings)[number]): boolean =>
    standing === 'more' || standing === 'only here';
  return whereStandsOut(
    tenants.map(({ value: name }) => ({
      name,
      causes: standings.filter((each) => each.value === name && isMore(each)).length,
    })),
  );
}

/** Between the last two versions of the first dimension whose versions follow each other. */
function lastChange(
  clusters: readonly Cluster[],
  { facets }: Traffic,
): Pick<Headline, 'change' | 'rates'> {
  const facet = facets.find(({ changes }) => changes.length > 0);
  const change = facet?.changes.at(-1);
  if (facet === undefined || change === undefined) return { change: null, rates: null };
  const ofCauses = clusters.flatMap(({ breakdowns }) => {
    const found = breakdowns
      .find(({ dimension }) => dimension === facet.dimension)
      ?.changes.find(({ from, to }) => from === change.from && to === change.to);
    return found === undefined ? [] : [found];
  });
  const shareOf = (version: string) => ({
    value: version,
    share: (facet.values.find(({ value }) => value === version)?.ratePerThousand ?? 0) / 1000,
  });
  return {
    change: whatChanged(change, ofCauses),
    rates: failingShares(shareOf(change.to), shareOf(change.from)),
  };
}
