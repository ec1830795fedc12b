import type { CauseFacet, TraceRow, TrafficCount } from '../store/telemetry/telemetry.ts';

/** The value of a row that traces are counted by. */
export const facetOf = (row: TraceRow, facet: CauseFacet): string =>
  facet === 'day' ? new Date(row.anchor).toISOString().slice(0, 10) : row[facet];

/** The traffic that these rows stand for. */
export function trafficOf(rows: readonly TraceRow[]): TrafficCount {
  const weigh = (of: readonly TraceRow[]): number =>
    of.reduce((sum, row) => sum + (row.representative ? 1 / row.sampleRate : 0), 0);
  const eligible = rows.filter((row) => row.eligible);
  const failed = eligible.filter((row) => row.failed);
  return { traces: weigh(rows), eligible: weigh(eligible), failed: weigh(failed) };
}
