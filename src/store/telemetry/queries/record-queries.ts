import type { RawConversation, RawRecord } from '../../../collect/collect.ts';
import type { Score } from '../../../contract/trace.ts';
import { distinctRecords, recordRows } from '../decode/records.ts';
import { columnNames } from '../encode/encode-rows.ts';
import type { SqlClient, SqlParameters } from '../sql-client.ts';
import type { StoredShare, StoredTrace, TelemetryStore } from '../telemetry-store.ts';
import type { TraceFilter } from '../trace-filter.ts';
import { SCORE_COLUMNS, type ScoreJson, scoreOfJson } from './score-columns.ts';
import { isWhole, micros, traceWhere } from './trace-where.ts';

/** Reads of `records` and `scores`. */
export type RecordQueries = Pick<
  TelemetryStore,
  | 'recordsOf'
  | 'storedAmong'
  | 'conversationsOf'
  | 'stream'
  | 'shares'
  | 'unfinished'
  | 'unassembled'
>;

/** Over all that is stored. */
const LONG = { seconds: 600, settings: { optimize_aggregation_in_order: 1 } } as const;

export function recordQueries(client: SqlClient): RecordQueries {
  return {
    async recordsOf(project, traceId) {
      const [rows, scores] = await Promise.all([
        recordsWhere(client, OF_TRACES, { project, ids: [traceId] }),
        scoresOf(client, project, [traceId]),
      ]);
      return [...distinctRecords(recordRows(rows)), ...(scores.get(traceId) ?? [])];
    },

    async storedAmong(project, traceIds) {
      const rows = await client.rows<{ trace_id: string }>(
        'SELECT DISTINCT trace_id FROM records WHERE project = {project:String} AND trace_id IN {ids:Array(String)}',
        { project, ids: traceIds },
      );
      return new Set(rows.map(({ trace_id }) => trace_id));
    },

    async conversationsOf(project, traceIds) {
      const rows = await recordsWhere(client, `${OF_TRACES} AND kind = 'conversation'`, {
        ...{ project, ids: traceIds },
      });
      const found = new Map<string, RawConversation>();
      for (const { traceId, record } of recordRows(rows))
        if (record.kind === 'conversation') found.set(traceId, record.conversation);
      return found;
    },

    stream: (filter) => streamed(client, filter),
    shares: (project, traceIds) => shares(client, project, traceIds),

    async unfinished(project, traceIds) {
      const parameters = { project, ids: traceIds };
      const [rows, scores, present] = await Promise.all([
        recordsWhere(client, OF_TRACES, parameters),
        scoresOf(client, project, traceIds),
        client.rows<PresentJson>(
          `SELECT trace_id AS traceId, toUnixTimestamp64Micro(anchor) / 1000 AS anchorMs, version,
  toUnixTimestamp64Micro(received) / 1000 AS receivedMs, source, weight
FROM traces WHERE ${OF_TRACES} ORDER BY version DESC LIMIT 1 BY trace_id`,
          parameters,
        ),
      ]);
      return {
        rows,
        scores: new Map([...scores].map(([id, records]) => [id, records.flatMap(scoreIn)])),
        present: new Map(
          present.map(({ traceId, anchorMs, version, receivedMs, source, weight }) => [
            traceId,
            { anchor: anchorMs, version, received: receivedMs, source, weight },
          ]),
        ),
      };
    },

    async unassembled(since, most) {
      const rows = await client.rows<PendingJson>(
        `SELECT project, trace_id AS traceId, toUnixTimestamp64Micro(last) / 1000 AS received,
  count() OVER () AS total
FROM (SELECT project, trace_id, max(received) AS last FROM records
  WHERE received >= fromUnixTimestamp64Micro({since:Int64}) GROUP BY project, trace_id) AS stored
LEFT ANTI JOIN (SELECT project, trace_id, max(received) AS done FROM traces
  WHERE received >= fromUnixTimestamp64Micro({since:Int64}) GROUP BY project, trace_id) AS assembled
ON stored.project = assembled.project AND stored.trace_id = assembled.trace_id AND assembled.done >= stored.last
ORDER BY received LIMIT {most:UInt32}`,
        { since: micros(since), most },
        LONG,
      );
      return { traces: rows, total: rows[0]?.total ?? 0 };
    },
  };
}

const scoreIn = (record: RawRecord): readonly Score[] =>
  record.kind === 'score' ? [record.score.score] : [];

interface PresentJson {
  readonly traceId: string;
  readonly anchorMs: number;
  readonly version: number;
  readonly receivedMs: number;
  readonly source: string;
  readonly weight: number;
}

interface PendingJson {
  readonly project: string;
  readonly traceId: string;
  readonly received: number;
  readonly total: number;
}

/**
 * Ids first, a page at a time, then the records of some traces: no statement holds more than these, however many traces there
 * are and in however many parts they lie, and none is under way while the records are used.
 */
async function* streamed(client: SqlClient, filter: TraceFilter): AsyncGenerator<StoredTrace> {
  const { project } = filter;
  const unplaced = (await scoresOf(client, project, [''], NOT_PLACED)).get('');
  if (unplaced !== undefined) yield { traceId: '', format: '', records: unplaced };
  for (let page = await idsAfter(client, filter, null); page.length > 0; ) {
    for await (const share of shares(client, project, page)) yield* tracesIn(share);
    page = page.length < PAGE ? [] : await idsAfter(client, filter, page.at(-1) ?? '');
  }
}

async function* shares(
  client: SqlClient,
  project: string,
  traceIds: readonly string[],
): AsyncGenerator<StoredShare> {
  const hasScores = await anyScore(client, project);
  for (let at = 0; at < traceIds.length; at += GROUP) {
    const sizes = await sizesOf(client, project, traceIds.slice(at, at + GROUP));
    for (const ids of sharesOf(sizes))
      yield {
        traceIds: ids,
        rows: await recordsWhere(client, OF_TRACES, { project, ids }),
        scores: hasScores ? await scoresOf(client, project, ids) : new Map(),
      };
  }
}

/** A score that was given to its traces is among theirs. */
const SCORE = "session_id, response_id, name, source, id, if(response_id = '', span_id, '')";
const NOT_PLACED = ` AND (${SCORE}) NOT IN (SELECT ${SCORE} FROM scores WHERE project = {project:String} AND trace_id != '')`;

/** Ids that are asked for at a time. */
const PAGE = 50_000;
/** Traces whose sizes are looked up together. */
const GROUP = 500;
/** Traces whose records are read together have this many bytes, or there is one of them. */
const SHARE_BYTES = 8 << 20;
/** What a record takes beside its attributes. */
const RECORD_BYTES = 1000;

/** Ids of traces with records, or of those that the filter selects, the next ones in their order. */
async function idsAfter(
  client: SqlClient,
  filter: TraceFilter,
  last: string | null,
): Promise<readonly string[]> {
  const { sql, parameters } = traceWhere(filter);
  const from = isWhole(filter) ? 'records' : 'traces FINAL';
  const after = last === null ? '' : ' AND trace_id > {last:String}';
  const rows = await client.rows<{ readonly traceId: string }>(
    `SELECT DISTINCT trace_id AS traceId FROM ${from} WHERE ${sql}${after} ORDER BY trace_id LIMIT ${PAGE}`,
    { ...parameters, ...(last !== null && { last }) },
    LONG,
  );
  return rows.map(({ traceId }) => traceId);
}

interface TraceSize {
  readonly traceId: string;
  readonly bytes: number;
}

/** In order of trace id; traces without records are left out. */
const sizesOf = (
  client: SqlClient,
  project: string,
  ids: readonly string[],
): Promise<readonly TraceSize[]> =>
  client.rows<TraceSize>(
    `SELECT trace_id AS traceId, sum(size + length(body)) + ${RECORD_BYTES} * count() AS bytes FROM records
WHERE project = {project:String} AND trace_id IN {ids:Array(String)} GROUP BY trace_id ORDER BY trace_id`,
    { project, ids },
  );

function sharesOf(sizes: readonly TraceSize[]): readonly (readonly string[])[] {
  const shares: string[][] = [];
  let left = 0;
  for (const { traceId, bytes } of sizes) {
    if (bytes > left) {
      shares.push([]);
      left = SHARE_BYTES;
    }
    shares.at(-1)?.push(traceId);
    left -= bytes;
  }
  return shares;
}

function* tracesIn({ traceIds, rows, scores }: StoredShare): Generator<StoredTrace> {
  const byTrace = Map.groupBy(recordRows(rows), ({ traceId }) => traceId);
  for (const traceId of traceIds) {
    const of = byTrace.get(traceId);
    if (of === undefined) continue;
    const [first] = of.toSorted((a, b) => a.received - b.received);
    const records = [...distinctRecords(of), ...(scores.get(traceId) ?? [])];
    yield { traceId, format: first?.format ?? '', records };
  }
}

/** Records are large: what is read at a time takes little memory, however many parts there are. */
const SMALL = { settings: { max_threads: 1, max_block_size: 1024 } } as const;

const OF_TRACES = 'project = {project:String} AND trace_id IN {ids:Array(String)}';

/** Rows of `records` in RowBinary, in no order. */
const recordsWhere = (
  client: SqlClient,
  where: string,
  parameters: SqlParameters,
): Promise<Uint8Array<ArrayBuffer>> =>
  client.bytes(
    `SELECT ${columnNames('records').join(', ')} FROM records WHERE ${where} FORMAT RowBinary`,
    parameters,
    SMALL,
  );

const anyScore = async (client: SqlClient, project: string): Promise<boolean> => {
  const rows = await client.rows('SELECT 1 FROM scores WHERE project = {project:String} LIMIT 1', {
    project,
  });
  return rows.length > 0;
};

async function scoresOf(
  client: SqlClient,
  project: string,
  traceIds: readonly string[],
  condition = '',
): Promise<ReadonlyMap<string, readonly RawRecord[]>> {
  const rows = await client.rows<ScoreJson>(
    `SELECT ${SCORE_COLUMNS} FROM scores FINAL
WHERE project = {project:String} AND trace_id IN {ids:Array(String)}${condition} ORDER BY at, id, name`,
    { project, ids: traceIds },
  );
  const byTrace = new Map<string, RawRecord[]>();
  for (const row of rows) {
    const record: RawRecord = { kind: 'score', score: scoreOfJson(row) };
    const known = byTrace.get(row.trace_id);
    if (known === undefined) byTrace.set(row.trace_id, [record]);
    else known.push(record);
  }
  return byTrace;
}
