import { type Rate, rateOf } from '../../rate/rate.ts';
import type { ListedCause } from '../causes/listed-causes.ts';
import type { TenantColumns } from './tenant-columns.ts';
import type { TrafficMix } from './traffic-mix.ts';

/** Failures among traces: one cell of the table, or a total. */
export interface CellCount {
  readonly rate: Rate;
  /** Failures that were looked at. */
  readonly members: number;
  /** Sum of the squares of their weights. */
  readonly squares: number;
  /** In each group of the traffic mix. */
  readonly byGroup: readonly { readonly events: number; readonly exposures: number }[];
}

export interface CellCounts {
  /** By cause, then by column. */
  readonly cells: readonly (readonly CellCount[])[];
  readonly rowTotals: readonly CellCount[];
  readonly columnTotals: readonly CellCount[];
  /** Failures of all. */
  readonly total: number;
}

/** Counts failures by cause, tenant and group of traffic. Failures without a tenant are left out. */
export function cellCounts(
  causes: readonly Pick<ListedCause, 'rows' | 'weights'>[],
  { layout, mix }: { readonly layout: TenantColumns; readonly mix: TrafficMix },
): CellCounts {
  const columns = layout.columns.length;
  const exposures = Array.from({ length: columns }, () => new Float64Array(mix.groups));
  for (const [row, column] of layout.at.entries())
    if (column >= 0) exposures[column]![mix.at[row]!]! += 1;
  const weights = causes.map(() => Array.from({ length: columns }, () => [] as number[]));
  const grouped = weights.map((row) => row.map(() => new Float64Array(mix.groups)));
  for (const [cause, { rows, weights: own }] of causes.entries())
    for (const [at, row] of rows.entries()) {
      const column = layout.at[row]!;
      if (column < 0) continue;
      weights[cause]![column]!.push(own[at]!);
      grouped[cause]![column]![mix.at[row]!]! += own[at]!;
    }
  const all = causes.flatMap((each) => each.weights);
  const typical = all.reduce((sum, weight) => sum + weight, 0) / Math.max(1, all.length);
  const countOf = (
    own: readonly number[],
    byGroup: readonly Float64Array[],
    among: readonly Float64Array[],
  ): CellCount => {
    const at = (parts: readonly Float64Array[], group: number): number =>
      parts.reduce((sum, part) => sum + part[group]!, 0);
    const traces = among.reduce((sum, part) => sum + part.reduce((a, b) => a + b, 0), 0);
    return {
      rate: rateOf(own, traces, typical),
      members: own.length,
      squares: own.reduce((sum, weight) => sum + weight * weight, 0),
      byGroup: Array.from({ length: mix.groups }, (_, group) => ({
        events: at(byGroup, group),
        exposures: at(among, group),
      })),
    };
  };
  const cells = weights.map((row, cause) =>
    row.map((own, column) => countOf(own, [grouped[cause]![column]!], [exposures[column]!])),
  );
  return {
    cells,
    rowTotals: weights.map((row, cause) => countOf(row.flat(), grouped[cause]!, exposures)),
    columnTotals: exposures.map((own, column) =>
      countOf(
        weights.flatMap((row) => row[column]!),
        grouped.map((row) => row[column]!),
        [own],
      ),
    ),
    total: cells.flat().reduce((sum, { rate }) => sum + rate.events, 0),
  };
}
