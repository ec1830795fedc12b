import type { RawConversation, RawRecord } from '../../../collect/collect.ts';
import type { Score } from '../../../contract/trace.ts';
import { columnNames } from '../encode/encode-rows.ts';
import type { SqlClient } from '../sql-client.ts';
import type { StoredTrace, TelemetryStore } from '../telemetry-store.ts';
import type { TraceFilter } from '../trace-filter.ts';
import { turns } from '../turns.ts';
import { distinct, RECORD_COLUMNS, type RecordJson, recordOfJson } from './record-columns.ts';
import { SCORE_COLUMNS, type ScoreJson, scoreOfJson } from './score-columns.ts';
import { isWhole, micros, traceWhere } from './trace-where.ts';

/** Reads of `records` and `scores`. */
export type RecordQueries = Pick<
  TelemetryStore,
  'recordsOf' | 'storedAmong' | 'conversationsOf' | 'stream' | 'unfinished' | 'unassembled'
>;

/** A stream of everything may take hours. */
const LONG = { seconds: 4 * 3600, settings: { optimize_read_in_order: 1 } } as const;

/** Streams at a time: each keeps a session of the engine for as long as it is read. */
const STREAMS = 2;

export function recordQueries(client: SqlClient): RecordQueries {
  const streams = turns(STREAMS);
  return {
    async recordsOf(project, traceId) {
      const [rows, scores] = await Promise.all([
        client.rows<RecordJson>(
          `SELECT ${RECORD_COLUMNS} FROM records
WHERE project = {project:String} AND trace_id = {traceId:String} ORDER BY received`,
          { project, traceId },
        ),
        scoresOf(client, project, [traceId]),
      ]);
      return [...distinct(rows).map(recordOfJson), ...(scores.get(traceId) ?? [])];
    },

    async storedAmong(project, traceIds) {
      const rows = await client.rows<{ trace_id: string }>(
        'SELECT DISTINCT trace_id FROM records WHERE project = {project:String} AND trace_id IN {ids:Array(String)}',
        { project, ids: traceIds },
      );
      return new Set(rows.map(({ trace_id }) => trace_id));
    },

    async conversationsOf(project, traceIds) {
      const rows = await client.rows<RecordJson>(
        `SELECT ${RECORD_COLUMNS} FROM records WHERE project = {project:String}
AND trace_id IN {ids:Array(String)} AND kind = 'conversation' ORDER BY trace_id, received`,
        { project, ids: traceIds },
      );
      const found = new Map<string, RawConversation>();
      for (const row of rows) {
        const record = recordOfJson(row);
        if (record.kind === 'conversation') found.set(row.trace_id, record.conversation);
      }
      return found;
    },

    async *stream(filter) {
      const give = await streams.take();
      try {
        yield* streamed(client, filter);
      } finally {
        give();
      }
    },

    async unfinished(project, traceIds) {
      const of = 'project = {project:String} AND trace_id IN {ids:Array(String)}';
      const parameters = { project, ids: traceIds };
      const [rows, scores, present] = await Promise.all([
        client.bytes(
          `SELECT ${columnNames('records').join(', ')} FROM records WHERE ${of} FORMAT RowBinary`,
          parameters,
        ),
        scoresOf(client, project, traceIds),
        client.rows<PresentJson>(
          `SELECT trace_id AS traceId, toUnixTimestamp64Micro(anchor) / 1000 AS anchorMs, version,
  toUnixTimestamp64Micro(received) / 1000 AS receivedMs, source
FROM traces WHERE ${of} ORDER BY version DESC LIMIT 1 BY trace_id`,
          parameters,
        ),
      ]);
      return {
        rows,
        scores: new Map([...scores].map(([id, records]) => [id, records.flatMap(scoreIn)])),
        present: new Map(
          present.map(({ traceId, anchorMs, version, receivedMs, source }) => [
            traceId,
            { anchor: anchorMs, version, received: receivedMs, source },
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
}

interface PendingJson {
  readonly project: string;
  readonly traceId: string;
  readonly received: number;
  readonly total: number;
}

async function* streamed(client: SqlClient, filter: TraceFilter): AsyncGenerator<StoredTrace> {
  const { project } = filter;
  const unplaced = (await scoresOf(client, project, [''], NOT_PLACED)).get('');
  if (unplaced !== undefined) yield { traceId: '', format: '', records: unplaced };
  const hasScores = await anyScore(client, project);
  let group: Group[] = [];
  for await (const trace of groups(client, filter)) {
    group.push(trace);
    if (group.length < GROUP) continue;
    yield* stored(client, project, group, hasScores);
    group = [];
  }
  yield* stored(client, project, group, hasScores);
}

/** A score that was given to its traces is among theirs. */
const SCORE = "session_id, response_id, name, source, id, if(response_id = '', span_id, '')";
const NOT_PLACED = ` AND (${SCORE}) NOT IN (SELECT ${SCORE} FROM scores WHERE project = {project:String} AND trace_id != '')`;

/** Traces whose scores are looked up together. */
const GROUP = 200;

interface Group {
  readonly traceId: string;
  readonly rows: readonly RecordJson[];
}

/** The records of each trace; the order of the table has them next to each other. */
async function* groups(client: SqlClient, filter: TraceFilter): AsyncGenerator<Group> {
  const { sql, parameters } = traceWhere(filter);
  const among = isWhole(filter)
    ? ''
    : ` AND trace_id IN (SELECT trace_id FROM traces FINAL WHERE ${sql})`;
  const batches = client.stream<RecordJson>(
    `SELECT ${RECORD_COLUMNS} FROM records WHERE project = {project:String}${among}
ORDER BY project, trace_id, received`,
    parameters,
    LONG,
  );
  let rows: RecordJson[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      const [first] = rows;
      if (first !== undefined && first.trace_id !== row.trace_id) {
        yield { traceId: first.trace_id, rows: distinct(rows) };
        rows = [];
      }
      rows.push(row);
    }
  }
  const [first] = rows;
  if (first !== undefined) yield { traceId: first.trace_id, rows: distinct(rows) };
}

async function* stored(
  client: SqlClient,
  project: string,
  group: readonly Group[],
  hasScores: boolean,
): AsyncGenerator<StoredTrace> {
  const ids = group.map(({ traceId }) => traceId);
  const scores = hasScores ? await scoresOf(client, project, ids) : new Map();
  for (const { traceId, rows } of group) {
    yield {
      traceId,
      format: rows[0]?.format ?? '',
      records: [...rows.map(recordOfJson), ...(scores.get(traceId) ?? [])],
    };
  }
}

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
