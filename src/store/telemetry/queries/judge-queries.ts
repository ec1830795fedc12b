import { sqlText } from '../engine/sql-text.ts';
import type { JudgedCount, Unjudged } from '../judged.ts';
import type { SqlClient } from '../sql-client.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { micros, traceWhere } from './trace-where.ts';

/** What online judges ask. */
export type JudgeQueries = Pick<TelemetryStore, 'unjudged' | 'judgedCounts'>;

const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

/** Shares are told apart to the millionth. */
const SHARES = 1_000_000;

export const judgeQueries = (client: SqlClient): JudgeQueries => ({
  async unjudged({ judge, salt, rate, without, ...filter }, most) {
    const { sql, parameters } = traceWhere({ ...filter, eligible: true });
    const rows = await client.rows<UnjudgedJson>(
      `SELECT trace_id AS traceId, received AS at, count() OVER () AS total,
  toUnixTimestamp64Micro(min(received) OVER ()) / 1000 AS oldest
FROM traces FINAL WHERE ${sql}
  AND sipHash64(trace_id, {judgeSalt:String}) % ${SHARES} < {judgeShare:UInt32}
  AND trace_id NOT IN (SELECT trace_id FROM scores WHERE project = {project:String}
    AND source = '${JUDGE_SOURCE}' AND name = {judge:String} AND at >= fromUnixTimestamp64Micro({from:Int64}))
  ${without.length === 0 ? '' : `AND trace_id NOT IN [${without.map(sqlText).join(', ')}]`}
ORDER BY at DESC, traceId LIMIT {most:UInt32}`,
      {
        ...parameters,
        ...{ judge, judgeSalt: salt, judgeShare: Math.ceil(rate * SHARES), most },
        from: micros(filter.from),
      },
      FINAL,
    );
    const [first] = rows;
    return {
      traceIds: rows.map(({ traceId }) => traceId),
      total: first?.total ?? 0,
      oldest: first?.oldest ?? null,
    } satisfies Unjudged;
  },

  async judgedCounts(project, judge, { hour, day }) {
    const rows = await client.rows<CountJson>(
      `SELECT label AS labelJson, countIf(at >= fromUnixTimestamp64Micro({hour:Int64})) AS inHour, count() AS inDay,
  toUnixTimestamp64Micro(max(at)) / 1000 AS last
FROM scores FINAL WHERE project = {project:String} AND source = '${JUDGE_SOURCE}' AND name = {judge:String}
  AND at >= fromUnixTimestamp64Micro({day:Int64})
GROUP BY label ORDER BY label`,
      { project, judge, hour: micros(hour), day: micros(day) },
      FINAL,
    );
    return rows.map(
      ({ labelJson, ...same }): JudgedCount => ({
        ...same,
        label: (JSON.parse(labelJson) as string | null) ?? '',
      }),
    );
  },
});

/** `source` of the scores of online judges. */
const JUDGE_SOURCE = 'judge';

interface UnjudgedJson {
  readonly traceId: string;
  readonly total: number;
  readonly oldest: number;
}

type CountJson = Omit<JudgedCount, 'label'> & { readonly labelJson: string };
