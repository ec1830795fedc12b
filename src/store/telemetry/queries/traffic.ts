import type { TrafficCount } from '../telemetry-store.ts';

/** Columns that count the traffic of rows of `traces`, each for all that it stands for. */
export const TRAFFIC = `sum(weight) AS trafficTraces, sumIf(weight, eligible) AS trafficEligible,
  sumIf(weight, eligible AND failed) AS trafficFailed`;

export interface TrafficJson {
  readonly trafficTraces: number;
  readonly trafficEligible: number;
  readonly trafficFailed: number;
}

export const trafficOf = (row: TrafficJson): TrafficCount => ({
  traces: row.trafficTraces,
  eligible: row.trafficEligible,
  failed: row.trafficFailed,
});
