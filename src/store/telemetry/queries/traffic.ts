import type { TrafficCount } from '../telemetry-store.ts';

/** How many traces of the traffic a stored one stands for: none unless it is representative. */
export const WEIGHT = 'if(representative, 1 / sample_rate, 0)';

/** Columns that count the traffic of rows of `traces`. */
export const TRAFFIC: string = `sum(${WEIGHT}) AS trafficTraces, sumIf(${WEIGHT}, eligible) AS trafficEligible,
  sumIf(${WEIGHT}, eligible AND failed) AS trafficFailed`;

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
