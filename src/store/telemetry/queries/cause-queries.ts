import { ROLLING } from '../assignment-row.ts';
import type { SqlClient } from '../sql-client.ts';
import type {
  CauseFailures,
  StoredAssignment,
  TelemetryStore,
  TrafficCount,
  ValueTraffic,
} from '../telemetry-store.ts';
import type { CauseFacet } from '../trace-filter.ts';
import type { TraceRow } from '../trace-row.ts';
import { countsFor } from './cause-rules.ts';
import { FACET_COLUMNS, traceWhere } from './trace-where.ts';
import { TRAFFIC, type TrafficJson, trafficOf } from './traffic.ts';

/** Reads of `assignments`, and what is needed to make them. */
export type CauseQueries = Pick<
  TelemetryStore,
  'failuresByCause' | 'trafficBy' | 'assignmentsOf' | 'scoresOf'
>;

/** The present version of each row; versions of one row are always in one partition. */
const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

export const causeQueries = (client: SqlClient): CauseQueries => ({
  failuresByCause(filter, facet) {
    const { sql, parameters } = traceWhere(filter);
    return client.rows<CauseFailures>(
      `SELECT ${countsFor(filter.rules)} AS cause, facet AS value, sum(weight) AS failures FROM (
  SELECT anchor, trace_id, weight, ${facetSql(facet)} AS facet FROM traces FINAL WHERE ${sql} AND failed) AS failed
LEFT JOIN (
  SELECT anchor, trace_id, cluster FROM assignments FINAL
  WHERE project = {project:String} AND clustering = '${ROLLING}') AS assigned
USING (anchor, trace_id)
GROUP BY cause, value ORDER BY failures DESC, cause, value LIMIT ${MOST_COUNTS}`,
      parameters,
      FINAL,
    );
  },

  async trafficBy(filter, facet) {
    const { sql, parameters } = traceWhere(filter);
    const rows = await client.rows<TrafficJson & Omit<ValueTraffic, keyof TrafficCount>>(
      `SELECT ${facetSql(facet)} AS value, ${TRAFFIC},
  toUnixTimestamp64Micro(min(anchor)) / 1000 AS first, toUnixTimestamp64Micro(max(anchor)) / 1000 AS last
FROM traces FINAL WHERE ${sql} GROUP BY value ORDER BY trafficTraces DESC, value LIMIT ${MOST_VALUES}`,
      parameters,
      FINAL,
    );
    return rows.map((row) => ({
      ...trafficOf(row),
      ...{ value: row.value, first: row.first, last: row.last },
    }));
  },

  async assignmentsOf(project, traceIds) {
    const rows = await client.rows<StoredAssignment & { readonly traceId: string }>(
      `SELECT trace_id AS traceId, cluster, distance, detector_version AS detectorVersion FROM assignments FINAL
WHERE project = {project:String} AND clustering = '${ROLLING}' AND trace_id IN {ids:Array(String)}`,
      { project, ids: traceIds },
      FINAL,
    );
    return new Map(rows.map(({ traceId, ...row }) => [traceId, row]));
  },

  async scoresOf(project, traceIds) {
    const rows = await client.rows<Pick<TraceRow, 'traceId' | 'scores'>>(
      `SELECT trace_id AS traceId, scores FROM traces FINAL
WHERE project = {project:String} AND trace_id IN {ids:Array(String)}`,
      { project, ids: traceIds },
      FINAL,
    );
    return new Map(rows.map(({ traceId, scores }) => [traceId, scores]));
  },
});

const MOST_COUNTS = 100_000;
const MOST_VALUES = 10_000;

const facetSql = (facet: CauseFacet | null): string => {
  if (facet === null) return `''`;
  return facet === 'day' ? 'toString(toDate(anchor))' : `toString(${FACET_COLUMNS[facet]})`;
};
