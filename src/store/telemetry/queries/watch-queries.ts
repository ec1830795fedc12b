import { ROLLING } from '../assignment-row.ts';
import { effectiveSums, type WeightedSums } from '../effective-sums.ts';
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
    const { where, value, more } = sqlOf(figure);
    const rows = await client.rows<StretchJson>(
      `SELECT intDiv(toUnixTimestamp64Milli(anchor), ${STRETCH * 1000}) AS stretch, ${SUMS}
FROM (SELECT anchor, weight, toFloat64(${value}) AS value FROM traces FINAL
  WHERE ${sql} AND ${where})
GROUP BY stretch`,
      { ...parameters, ...more },
      FINAL,
    );
    for (const { stretch, ...sums } of rows) {
      const at = stretch - start / (STRETCH * 1000);
      if (at < 0 || at >= length) continue;
      const [level] = IS_LEVEL.has(figure.of) ? effectiveSums([sums]) : [];
      found.exposures[at] = level?.count ?? sums.weights;
      found.totals[at] = level?.total ?? sums.total;
      found.squares[at] = level?.squares ?? 0;
    }
    return found;
  },

  async valuesByCause(filter, score) {
    const { sql, parameters } = traceWhere({ ...filter, score: { name: score } });
    const rows = await client.rows<WeightedSums & Pick<CauseValues, 'cause'>>(
      `SELECT cluster AS cause, ${SUMS} FROM (
  SELECT anchor, trace_id, weight, scores[{score:String}] AS value FROM traces FINAL
  WHERE ${sql} AND eligible) AS scored
LEFT JOIN (
  SELECT anchor, trace_id, cluster FROM assignments FINAL
  WHERE project = {project:String} AND clustering = '${ROLLING}') AS assigned
USING (anchor, trace_id)
GROUP BY cause ORDER BY cause`,
      parameters,
      FINAL,
    );
    const sums = effectiveSums(rows);
    return rows.map(({ cause }, at) => ({ cause, ...sums[at]! }));
  },
});

const SUMS = `sum(weight) AS weights, sum(weight * weight) AS weightSquares, sum(weight * value) AS total,
  sum(weight * value * value) AS squares`;

interface StretchJson extends WeightedSums {
  readonly stretch: number;
}

const IS_LEVEL: ReadonlySet<WatchedFigure['of']> = new Set(['score', 'cost', 'latency']);

interface FigureSql {
  readonly where: string;
  readonly value: string;
  readonly more: SqlParameters;
}

const assigned = (clusters: string): string =>
  `(anchor, trace_id) IN (SELECT anchor, trace_id FROM assignments FINAL
WHERE project = {project:String} AND clustering = '${ROLLING}' AND ${clusters})`;

function sqlOf(figure: WatchedFigure): FigureSql {
  const rate = { where: 'eligible', more: {} };
  switch (figure.of) {
    case 'traffic':
      return { where: 'true', value: '1', more: {} };
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
