import type { ScoreRow } from '../score-row.ts';
import type { SqlClient } from '../sql-client.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { SCORE_COLUMNS, type ScoreJson, scoreOfJson } from './score-columns.ts';
import { micros } from './trace-where.ts';

/** Reads of `scores` that name no trace. */
export type ScoreQueries = Pick<TelemetryStore, 'placements'>;

/** Scores that are looked at together, the newest first. */
const MOST = 10_000;
const DAY_MS = 86_400_000;

/** A score that names no trace: its session, its response, else its span is all there is to find it by. */
const UNPLACED = "trace_id = '' AND at >= fromUnixTimestamp64Micro({since:Int64})";

/** A response and a span are in one trace: once a score found it, it is not looked for again. A session goes on. */
const waiting = (column: 'response_id' | 'span_id'): string => {
  const identity = `project, name, source, id, ${column}`;
  return `(SELECT ${column} FROM scores WHERE ${UNPLACED} AND session_id = '' AND ${column} != ''
AND (${identity}) NOT IN (SELECT ${identity} FROM scores WHERE trace_id != '' AND at >= fromUnixTimestamp64Micro({since:Int64})))`;
};

export const scoreQueries = (client: SqlClient): ScoreQueries => ({
  async placements(since) {
    const parameters = { since: micros(since) };
    const scores = await client.rows<UnplacedJson>(
      `SELECT project, ${SCORE_COLUMNS}, source, id, environment, toUInt16(expires) AS expiresDay,
  toUnixTimestamp64Micro(at) / 1000 AS atMs, toUnixTimestamp64Micro(version) / 1000 AS versionMs
FROM scores FINAL WHERE ${UNPLACED} ORDER BY at DESC LIMIT ${MOST}`,
      parameters,
    );
    if (scores.length === 0) return [];
    const kinds = new Set(scores.map(kindOf));
    const found = (kind: Kind, sql: string): Promise<readonly FoundJson[]> =>
      kinds.has(kind) ? client.rows<FoundJson>(sql, parameters) : Promise.resolve([]);
    const [sessions, responses, spans, placed] = await Promise.all([
      found(
        'session',
        `SELECT DISTINCT project, session AS key, trace_id FROM traces WHERE session IN (SELECT session_id FROM scores WHERE ${UNPLACED} AND session_id != '')`,
      ),
      found(
        'response',
        `SELECT DISTINCT project, response_id AS key, trace_id, id AS span_id FROM records
WHERE kind = 'span' AND received >= fromUnixTimestamp64Micro({since:Int64}) AND response_id IN ${waiting('response_id')}`,
      ),
      found(
        'span',
        `SELECT DISTINCT project, id AS key, trace_id FROM records
WHERE kind = 'span' AND id IN ${waiting('span_id')}`,
      ),
      client.rows<PlacedJson>(
        `SELECT project, trace_id, session_id, response_id, span_id, name, source, id FROM scores
WHERE trace_id != '' AND (project, name, source, id) IN (SELECT project, name, source, id FROM scores WHERE ${UNPLACED})`,
        parameters,
      ),
    ]);
    const places = Map.groupBy(
      [
        ...sessions.map((each) => ({ ...each, kind: 'session' as const })),
        ...responses.map((each) => ({ ...each, kind: 'response' as const })),
        ...spans.map((each) => ({ ...each, kind: 'span' as const })),
      ],
      ({ project, kind, key }) => JSON.stringify([project, kind, key]),
    );
    const known = new Set(placed.map((row) => identity(row, row.trace_id)));
    return scores.flatMap((score) => {
      const kind = kindOf(score);
      const here = places.get(JSON.stringify([score.project, kind, score[`${kind}_id`]])) ?? [];
      return here
        .filter(({ trace_id }) => !known.has(identity(score, trace_id)))
        .map(({ trace_id, span_id = '' }) => placedRow(score, trace_id, span_id));
    });
  },
});

type Kind = 'session' | 'response' | 'span';

interface UnplacedJson extends ScoreJson {
  readonly project: string;
  readonly source: string;
  readonly id: string;
  readonly environment: string;
  readonly atMs: number;
  readonly versionMs: number;
  readonly expiresDay: number;
}

interface FoundJson {
  readonly project: string;
  readonly key: string;
  readonly trace_id: string;
  /** Of a response. */
  readonly span_id?: string;
}

type PlacedJson = Pick<UnplacedJson, 'project' | 'trace_id' | 'source' | 'id' | 'name'> &
  Pick<ScoreJson, 'session_id' | 'response_id' | 'span_id'>;

const kindOf = ({ session_id, response_id }: ScoreJson): Kind =>
  session_id !== '' ? 'session' : response_id !== '' ? 'response' : 'span';

/** A score about a response gets the span of it; every other one keeps its own. */
const identity = (row: Omit<PlacedJson, 'trace_id'>, traceId: string): string =>
  JSON.stringify([
    ...[row.project, traceId, row.session_id, row.response_id, row.name, row.source, row.id],
    row.response_id === '' ? row.span_id : '',
  ]);

function placedRow(row: UnplacedJson, traceId: string, spanId: string): ScoreRow {
  const { project, source, id, environment, atMs, versionMs, expiresDay } = row;
  const { sessionId, responseId, score } = scoreOfJson(row);
  return {
    ...{ project, traceId, source, id, environment, at: atMs, version: versionMs },
    ...{ sessionId: sessionId ?? '', responseId: responseId ?? '' },
    score: { ...score, spanId: score.spanId ?? (spanId || null) },
    expires: expiresDay * DAY_MS,
  };
}
