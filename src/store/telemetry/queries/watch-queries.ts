import { ROLLING } from '../assignment-row.ts';
import type { SqlClient, SqlParameters } from '../sql-client.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import type { CauseValues, WatchedFigure, WatchedStretches } from '../watched-figure.ts';
import { traceWhere } from './trace-where.ts';

/** What watchers look at. */
export type WatchQueries = Pick<TelemetryStore, 'stretches' | 'valuesByCause'>;

const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

/** Seconds. */
const STRETCH = 300;

export const watchQueries = (client: SqlClient): WatchQueries => ({
  async stretches(filter, figure) {
    const start = filter.from - (filter.from % (STRETCH * 1000));
    const length = Math.max(0, Math.ceil((filter.to - start) / (STRETCH * 1000)));
    const found: WatchedStretches = {
      start,
      exposures: new Float64Array(length),
      totals: new Float64Array(length),
      squares: new Float64Array(length),
    };
    const { sql, parameters } = traceWhere({ ...filter, from: start });
    const { where, value, weight, more } = sqlOf(figure);
    const rows = await client.rows<StretchJson>(
      `SELECT intDiv(toUnixTimestamp64Milli(anchor), ${STRETCH * 1000}) AS stretch, sum(weight) AS exposureSum,
  sum(weight * value) AS totalSum, sum(value * value) AS squareSum
FROM (SELECT anchor, ${weight} AS weight, toFloat64(${value}) AS value FROM traces FINAL
  WHERE ${sql} AND ${where})
GROUP BY stretch`,
      { ...parameters, ...more },
      FINAL,
    );
    for (const { stretch, exposureSum, totalSum, squareSum } of rows) {
      const at = stretch - start / (STRETCH * 1000);
      if (at < 0 || at >= length) continue;
      found.exposures[at] = exposureSum;
      found.totals[at] = totalSum;
      if (IS_LEVEL.has(figure.of)) found.squares[at] = squareSum;
    }
    return found;
  },

  valuesByCause(filter, score) {
    const { sql, parameters } = traceWhere({ ...filter, score: { name: score } });
    return client.rows<CauseValues>(
      `SELECT cluster AS cause, count() AS count, sum(value) AS total, sum(value * value) AS squares FROM (
  SELECT anchor, trace_id, scores[{score:String}] AS value FROM traces FINAL
  WHERE ${sql} AND eligible AND representative) AS scored
LEFT JOIN (
  SELECT anchor, trace_id, cluster FROM assignments FINAL
  WHERE project = {project:String} AND clustering = '${ROLLING}') AS assigned
USING (anchor, trace_id)
GROUP BY cause ORDER BY cause`,
      parameters,
      FINAL,
    );
  },
});

interface StretchJson {
  readonly stretch: number;
  readonly exposureSum: number;
  readonly totalSum: number;
  readonly squareSum: number;
}

const IS_LEVEL: ReadonlySet<WatchedFigure['of']> = new Set(['score', 'cost', 'latency']);

interface FigureSql {
  readonly where: string;
  readonly value: string;
  readonly weight: string;
  readonly more: SqlParameters;
}

const assigned = (clusters: string): string =>
  `(anchor, trace_id) IN (SELECT anchor, trace_id FROM assignments FINAL
WHERE project = {project:String} AND clustering = '${ROLLING}' AND ${clusters})`;

function sqlOf(figure: WatchedFigure): FigureSql {
  const rate = { where: 'eligible AND representative', weight: '1', more: {} };
  switch (figure.of) {
    case 'traffic':
      return {
        ...{ where: 'representative', value: '1', more: {} },
        weight: '1 / sample_rate',
      };
    case 'failures':
      return { ...rate, value: 'failed' };
    case 'causes':
      return {
        ...rate,
        value: `failed AND ${assigned('cluster IN {causes:Array(String)}')}`,
        more: { causes: figure.causes },
      };
    case 'novelty':
      return {
        ...rate,
        where: `${rate.where} AND failed`,
        value: `NOT ${assigned('notEmpty(cluster)')}`,
      };
    case 'score':
      return {
        ...rate,
        where: `${rate.where} AND mapContains(scores, {watchedScore:String})`,
        value: 'scores[{watchedScore:String}]',
        more: { watchedScore: figure.score },
      };
    case 'cost':
      return { ...rate, where: `${rate.where} AND cost > 0`, value: 'log(cost)' };
    case 'latency':
      return {
        ...rate,
        where: `${rate.where} AND end > start`,
        value: "log(dateDiff('millisecond', start, end) + 1)",
      };
    default: {
      const never: never = figure;
      return never;
    }
  }
}
