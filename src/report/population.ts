import { byDimension, DIMENSIONS, type Dimension } from '../contract/dimension.ts';
import type { Population } from '../contract/fact-rows.ts';
import type { ReportPopulation } from '../contract/report.ts';
import type { Traffic } from '../contract/traffic.ts';
import { bucketAt } from './traffic/buckets.ts';

interface Cell {
  readonly places: Readonly<Record<Dimension, number>>;
  readonly bucket: number;
  traces: number;
  failed: number;
}

/** Counts of the traces whose facts were kept, by version, tenant and time. At most 20,000 cells, in order of first appearance. */
export function populationOf(
  { rows }: Pick<Population, 'rows'>,
  { buckets, facets }: Traffic,
  eligible: number,
): ReportPopulation {
  const values = byDimension((dimension) => {
    const facet = facets.find((each) => each.dimension === dimension);
    return (facet?.values ?? []).toSorted((a, b) => b.traces - a.traces).map(({ value }) => value);
  });
  const places = byDimension(
    (dimension) => new Map(values[dimension].map((value, place) => [value, place])),
  );
  const cells = new Map<string, Cell>();
  for (const { traits, failed } of rows) {
    const at = byDimension((dimension) => places[dimension].get(traits[dimension] ?? '') ?? -1);
    const bucket = buckets === null ? -1 : bucketAt(buckets, traits.startTime);
    const key = [...DIMENSIONS.map((dimension) => at[dimension]), bucket].join();
    const cell = cells.get(key) ?? { places: at, bucket, traces: 0, failed: 0 };
    cell.traces += 1;
    cell.failed += Number(failed);
    cells.set(key, cell);
  }
  const all = [...cells.values()];
  return {
    values,
    columns: byDimension((dimension) => all.map((cell) => cell.places[dimension])),
    bucket: all.map(({ bucket }) => bucket),
    traces: all.map(({ traces }) => traces),
    failed: all.map(({ failed }) => failed),
    scale: rows.length === 0 ? 1 : eligible / rows.length,
  };
}
