import type { Analysis } from '../contract/analysis.ts';
import type { Ledger } from '../contract/ledger.ts';
import type { Tenants } from '../contract/tenants.ts';
import type { Trend } from '../contract/trend.ts';
import { listedCauses } from './causes/listed-causes.ts';
import { noRatesFor } from './compare/figures.ts';
import { tenantTable } from './tenants/tenants.ts';
import { trendOf } from './trend/trend.ts';

/** The causes of an analysis by tenant. */
export const tenantsIn = (analysis: Analysis, ledger: Ledger): Tenants =>
  tenantTable({
    ledger,
    causesBy: (columnOf) => listedCauses(analysis, ledger, columnOf),
    noRates: noRatesFor(analysis.options),
    toolVersion: analysis.toolVersion,
  });

/**
 * The causes of an analysis by an attribute, a day or an hour. By default by the first kind of version that has changed,
 * else by day.
 * @throws CulpritError `invalid_option` for an attribute that no trace has.
 */
export const trendIn = (analysis: Analysis, ledger: Ledger, by: string | null): Trend =>
  trendOf({
    ledger,
    causesBy: (groupOf) => listedCauses(analysis, ledger, groupOf),
    by: by ?? usualAttribute(analysis),
    noRates: noRatesFor(analysis.options),
    toolVersion: analysis.toolVersion,
  });

const usualAttribute = ({ traffic: { facets } }: Analysis): string =>
  facets.find(({ changes }) => changes.length > 0)?.dimension ?? 'day';
