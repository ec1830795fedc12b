import { CulpritError } from '../../../contract/culprit-error.ts';
import type { SignalRow } from '../signal-row.ts';
import type { SqlClient } from '../sql-client.ts';
import type { TelemetryStore, TraceLoss, TrafficCount, ValueCount } from '../telemetry-store.ts';
import type { TraceFacet } from '../trace-filter.ts';
import type { TraceRow } from '../trace-row.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { TRACE_COLUMNS, type TraceJson, traceOfJson } from './trace-columns.ts';
import { FACET_COLUMNS, micros, traceWhere } from './trace-where.ts';
import { TRAFFIC, type TrafficJson, trafficOf } from './traffic.ts';

/** Reads of `traces` and `signals`. */
export type TraceQueries = Pick<
  TelemetryStore,
  'traceOf' | 'signalsOf' | 'newest' | 'count' | 'losses' | 'funnel' | 'countsBy' | 'valueCounts'
>;

/** The present version of each row; versions of one row are always in one partition. */
const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

const ONE = 'project = {project:String} AND trace_id = {traceId:String}';

export const traceQueries = (client: SqlClient): TraceQueries => ({
  async traceOf(project, traceId) {
    const [row] = await client.rows<TraceJson>(
      `SELECT ${TRACE_COLUMNS} FROM traces FINAL WHERE ${ONE}
  AND anchor IN (SELECT anchor FROM traces WHERE ${ONE}) ORDER BY version DESC LIMIT 1`,
      { project, traceId },
      FINAL,
    );
    return row === undefined ? null : traceOfJson(row);
  },

  signalsOf: ({ project, traceId, version, detectorVersion, ...trace }: TraceRow) =>
    client
      .rows<Omit<SignalRow, 'anchor' | 'expires' | 'environment' | 'detectorVersion'>>(
        `SELECT project, detector, trace_id AS traceId, span_id AS spanId, path, verdict, quote, version
FROM signals FINAL
WHERE project = {project:String} AND trace_id = {traceId:String} AND version = {version:UInt64}
  AND detector_version = {detectorVersion:String}
ORDER BY detector, span_id, path`,
        { project, traceId, version, detectorVersion },
        FINAL,
      )
      .then((rows) => {
        const { anchor, expires, environment } = trace;
        return rows.map((row) => ({ ...row, anchor, expires, environment, detectorVersion }));
      }),

  async newest(filter, { limit, cursor }) {
    checkLimit(limit);
    const { sql, parameters } = traceWhere(filter);
    const place = cursor === undefined ? null : placeOf(cursor);
    const after =
      place === null
        ? ''
        : ` AND anchor <= fromUnixTimestamp64Micro({cursorAnchor:Int64})
    AND (anchor < fromUnixTimestamp64Micro({cursorAnchor:Int64}) OR trace_id < {cursorId:String})`;
    // Keys first: the wide columns are read for the rows of the page only.
    const rows = await client.rows<TraceJson>(
      `SELECT ${TRACE_COLUMNS} FROM traces FINAL
WHERE project = {project:String} AND (anchor, trace_id) IN (
  SELECT anchor, trace_id FROM traces FINAL WHERE ${sql}${after}
  ORDER BY anchor DESC, trace_id DESC LIMIT {limit:UInt32})
ORDER BY anchor DESC, trace_id DESC`,
      {
        ...parameters,
        limit: limit + 1,
        ...(place && { cursorAnchor: place.anchor, cursorId: place.traceId }),
      },
      FINAL,
    );
    const items = rows.slice(0, limit).map(traceOfJson);
    const last = items.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    const next = hasMore
      ? cursorOf({ anchor: micros(last.anchor) as number, traceId: last.traceId })
      : null;
    return { items, next };
  },

  async count(filter) {
    const { sql, parameters } = traceWhere(filter);
    const [row] = await client.rows<{ n: number }>(
      `SELECT count() AS n FROM traces FINAL WHERE ${sql}`,
      parameters,
      FINAL,
    );
    return row?.n ?? 0;
  },

  losses(filter, ids) {
    const { sql, parameters } = traceWhere(filter);
    return client.rows<TraceLoss>(
      `SELECT trace_id AS traceId, user, cost, input_tokens + output_tokens AS tokens,
  greatest(0, dateDiff('millisecond', start, end)) AS milliseconds, environment, scores
FROM traces FINAL WHERE ${sql} AND trace_id IN {ids:Array(String)}`,
      { ...parameters, ids },
      FINAL,
    );
  },

  async funnel(filter) {
    const { sql, parameters } = traceWhere(filter);
    const [row] = await client.rows<FunnelJson>(
      `SELECT count() AS storedCount, ${TRAFFIC},
  sumIf(weight, eligible AND failed AND notEmpty(signals)) AS signaledCount,
  sumIf(weight, eligible AND NOT failed AND notEmpty(signals)) AS suspectCount
FROM traces FINAL WHERE ${sql}`,
      parameters,
      FINAL,
    );
    return {
      ...(row === undefined ? NO_TRAFFIC : trafficOf(row)),
      stored: row?.storedCount ?? 0,
      signaled: row?.signaledCount ?? 0,
      suspects: row?.suspectCount ?? 0,
    };
  },

  async countsBy(filter, facets) {
    const { sql, parameters } = traceWhere(filter);
    const columns = facets.map((facet) => FACET_COLUMNS[facet]);
    if (columns.length === 0 || columns.includes(undefined as never)) throw noFacet(facets);
    const rows = await client.rows<CountJson>(
      `SELECT [${columns.map((column) => `toString(${column})`).join(', ')}] AS values, ${TRAFFIC}
FROM traces FINAL WHERE ${sql} GROUP BY ${columns.join(', ')} ORDER BY trafficTraces DESC, values LIMIT ${MAX_GROUPS}`,
      parameters,
      FINAL,
    );
    return rows.map(({ values, ...counts }) => ({
      ...trafficOf(counts),
      values: Object.fromEntries(facets.map((facet, at) => [facet, values[at] ?? ''])),
    }));
  },

  valueCounts(filter) {
    const { sql, parameters } = traceWhere(filter);
    return client.rows<ValueCount>(
      `SELECT of, value, sum(weight) AS traces, sumIf(weight, failed) AS failed FROM (
  SELECT failed, weight, arrayJoin(arrayConcat(${VALUES}, arrayMap(each -> ('signal', toString(each)), signals),
    arrayMap(each -> ('score', toString(each)), mapKeys(scores)))) AS pair, pair.1 AS of, pair.2 AS value
  FROM traces FINAL WHERE ${sql})
WHERE notEmpty(value) GROUP BY of, value ORDER BY of, traces DESC, value LIMIT ${MOST_VALUES} BY of`,
      parameters,
      FINAL,
    );
  },
});

interface FunnelJson extends TrafficJson {
  readonly storedCount: number;
  readonly signaledCount: number;
  readonly suspectCount: number;
}

interface CountJson extends TrafficJson {
  readonly values: readonly string[];
}

const NO_TRAFFIC: TrafficCount = { traces: 0, eligible: 0, failed: 0 };

const VALUES = `[${Object.entries(FACET_COLUMNS)
  .map(([facet, column]) => `('${facet}', toString(${column}))`)
  .join(', ')}]`;
const MOST_VALUES = 50;

const MAX_GROUPS = 10_000;
const MAX_PAGE = 1000;

function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return;
  throw new CulpritError('invalid_input', `limit ${limit}: must be 1 to ${MAX_PAGE}`);
}

const noFacet = (facets: readonly TraceFacet[]): CulpritError => {
  const known = Object.keys(FACET_COLUMNS).join(', ');
  return new CulpritError(
    'invalid_input',
    `cannot count by ${facets.join(', ') || 'nothing'}: name some of ${known}`,
  );
};
