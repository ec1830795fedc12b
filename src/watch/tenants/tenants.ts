import type { Ledger } from '../../contract/ledger.ts';
import {
  TENANTS_VERSION,
  type Tenant,
  type TenantCell,
  type TenantRow,
  type Tenants,
} from '../../contract/tenants.ts';
import { perThousand } from '../../rate/rate.ts';
import { adjust } from '../../rate/rate-change.ts';
import { plural } from '../../text/format.ts';
import { round } from '../../text/round.ts';
import type { ListedCause } from '../causes/listed-causes.ts';
import { type CellCount, cellCounts } from './cell-counts.ts';
import { compareTenant, type TenantComparison } from './compare-tenant.ts';
import { type Hidden, hideCells } from './hide-cells.ts';
import { standingOf } from './standing.ts';
import { TENANT_TRACES, type TenantColumns, tenantColumns } from './tenant-columns.ts';
import { reachOf, tenantsHeadline } from './tenants-headline.ts';
import { trafficMix } from './traffic-mix.ts';

export interface TenantsInput {
  readonly ledger: Ledger;
  /** In order of rank, by the column of each row (-1 in none); together they hold every failure. */
  readonly causesBy: (columnOf: Int32Array) => readonly ListedCause[];
  /** Why no rates can be computed; null where they are. */
  readonly noRates: string | null;
  readonly toolVersion: string;
}

/** Counts from 1 up to this are hidden. */
const LARGEST_SMALL = 4;

/**
 * Causes by tenant, for people outside as well: small tenants are counted together, and no count of 1 to 4 failures is
 * shown or can be worked out. Lifts compare a tenant with the others that are shown, so they say nothing of hidden counts.
 */
export function tenantTable({ ledger, causesBy, noRates, toolVersion }: TenantsInput): Tenants {
  const layout = tenantColumns(ledger);
  const causes = causesBy(layout.at);
  const mix = trafficMix(ledger, layout.at);
  const counts = cellCounts(causes, { layout, mix });
  const scale = ledger.rows === 0 ? 1 : ledger.eligible / ledger.rows;
  const hidden = hideCells({
    rows: causes.length,
    columns: layout.columns.length,
    values: counts.cells.flat().map(({ rate }) => rate.events),
    seen: counts.cells.flat().map(({ members }) => members),
    largestSmall: LARGEST_SMALL,
  });
  const isShown = (row: number, column: number): boolean =>
    hidden.isSafe && !hidden.isHidden(row, column);
  const compared = counts.cells.map((row, cause) =>
    row.map((_, column) =>
      noRates === null && isShown(cause, column)
        ? comparisonOf(row, column, (other) => isShown(cause, other), scale)
        : null,
    ),
  );
  const qs = adjust(compared.flat().map((each) => each?.p ?? null)).values();
  const shown = (count: CellCount | undefined, isVisible: boolean) =>
    figures(count, isVisible, { noRates, scale });

  const rows = causes.map((cause, index): TenantRow => {
    const { id, title, category, layer, severity, isNamed } = cause;
    const cells = counts.cells[index]!.map((count, column): TenantCell => {
      const isVisible = isShown(index, column);
      const comparison = compared[index]![column]!;
      const q = qs.next().value!;
      return {
        isHidden: !isVisible,
        ...shown(count, isVisible),
        expected: comparison === null ? null : round(comparison.expected),
        lift: comparison === null || comparison.lift === null ? null : round(comparison.lift),
        liftInterval: comparison?.interval ? roundedInterval(comparison.interval) : null,
        q: q === null ? null : Number(q.toPrecision(3)),
        standing: null,
      };
    });
    const withStandings = cells.map((cell, column) => ({
      ...cell,
      standing: compared[index]![column] === null ? null : standingOf(cells, column),
    }));
    return {
      ...{ id, title, category, layer, severity, isNamed },
      ...shown(counts.rowTotals[index], isShown(index, layout.columns.length)),
      ...reachOf(withStandings, layout.columns),
      cells: withStandings,
    };
  });
  const tenants = layout.columns.map(
    ({ name, pooled, traces }, column): Tenant => ({
      name,
      pooled,
      traces: Math.round(traces * scale),
      ...shown(counts.columnTotals[column], isShown(causes.length, column)),
    }),
  );
  const traces = tenants.reduce((sum, each) => sum + each.traces, 0);
  return {
    version: TENANTS_VERSION,
    toolVersion,
    headline: tenantsHeadline(rows, tenants, noRates),
    noRates,
    traces,
    withoutTenant: Math.max(0, ledger.eligible - traces),
    failures: hidden.isSafe ? round(counts.total * scale) : null,
    mix: mix.names,
    tenants,
    causes: rows,
    hiddenCells: hidden.isSafe ? hidden.count : causes.length * layout.columns.length,
    floor: { traces: TENANT_TRACES, failures: LARGEST_SMALL + 1 },
    remarks: remarksOf(layout, hidden, ledger, causes.length),
  };
}

/** A tenant against the other tenants that are shown in its row. */
function comparisonOf(
  row: readonly CellCount[],
  column: number,
  isShown: (column: number) => boolean,
  scale: number,
): TenantComparison {
  const shown = row.filter((_, other) => isShown(other));
  // How many failures one that was looked at stands for, by Kish's effective size.
  const events = shown.reduce((sum, { rate }) => sum + rate.events, 0);
  const squares = shown.reduce((sum, each) => sum + each.squares, 0);
  const each = squares > 0 ? squares / events : 1;
  const own = row[column]!;
  const rest = row.filter((_, other) => other !== column && isShown(other));
  const strata = own.byGroup.map(({ events: k1, exposures: n1 }, group) => ({
    k1: k1 / each,
    n1: n1 / each,
    k2: rest.reduce((sum, { byGroup }) => sum + byGroup[group]!.events, 0) / each,
    n2: rest.reduce((sum, { byGroup }) => sum + byGroup[group]!.exposures, 0) / each,
  }));
  return compareTenant(strata, each * scale);
}

interface Shown {
  readonly noRates: string | null;
  readonly scale: number;
}

function figures(
  count: CellCount | undefined,
  isVisible: boolean,
  { noRates, scale }: Shown,
): Pick<TenantCell, 'failures' | 'ratePerThousand' | 'rateInterval'> {
  if (count === undefined || !isVisible)
    return { failures: null, ratePerThousand: null, rateInterval: null };
  const failures = round(count.rate.events * scale);
  if (noRates !== null || count.rate.exposures === 0)
    return { failures, ratePerThousand: null, rateInterval: null };
  const { rate, interval } = perThousand(count.rate);
  return { failures, ratePerThousand: round(rate), rateInterval: roundedInterval(interval) };
}

const roundedInterval = ([low, high]: readonly [number, number]): readonly [number, number] => [
  round(low),
  round(high),
];

function remarksOf(
  { columns }: TenantColumns,
  { isSafe, count }: Hidden,
  { rows, eligible }: Ledger,
  causes: number,
): readonly string[] {
  const pool = columns.find(({ pooled }) => pooled > 1);
  return [
    ...(pool === undefined
      ? []
      : [
          `${plural(pool.pooled, 'tenant')} with few traces are counted together, so that none of them can be worked out`,
        ]),
    ...(isSafe || causes === 0
      ? []
      : ['too little is left when small counts are protected, so no count is shown']),
    ...(isSafe && count > 0
      ? [
          'counts from 1 to 4 are hidden, and so are others from which they could be worked out; lifts compare with the tenants shown in the row',
        ]
      : []),
    ...(rows < eligible ? ['counted in a random draw of the traces, and scaled'] : []),
  ];
}
