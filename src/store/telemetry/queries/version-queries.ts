import { effectiveSums, type WeightedSums } from '../effective-sums.ts';
import type { SqlClient } from '../sql-client.ts';
import type {
  ScoreSums,
  SignalCount,
  TelemetryStore,
  TimedTraffic,
  TrafficCount,
  VersionTraffic,
} from '../telemetry-store.ts';
import type { TimeFacet, VersionFacet } from '../trace-filter.ts';
import { FACET_COLUMNS, traceWhere } from './trace-where.ts';
import { TRAFFIC, type TrafficJson, trafficOf } from './traffic.ts';

/** What versions of an application are told by. */
export type VersionQueries = Pick<
  TelemetryStore,
  'versions' | 'versionsOverTime' | 'scoreSums' | 'signalsBy'
>;

/** The present version of each row; versions of one row are always in one partition. */
const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

const MOST_VERSIONS = 10_000;
const MOST_COUNTS = 50_000;

export const versionQueries = (client: SqlClient): VersionQueries => ({
  async versions(filter, by) {
    const { sql, parameters } = traceWhere(filter);
    const prompt = by === 'promptVersion' ? 'toString(prompt_name)' : `''`;
    const rows = await client.rows<TrafficJson & Omit<VersionTraffic, keyof TrafficCount>>(
      `SELECT toString(environment) AS environment, ${prompt} AS prompt, ${column(by)} AS value, ${TRAFFIC},
  toUnixTimestamp64Micro(min(anchor)) / 1000 AS first, toUnixTimestamp64Micro(max(anchor)) / 1000 AS last
FROM traces FINAL WHERE ${sql} AND notEmpty(${FACET_COLUMNS[by]}) GROUP BY environment, prompt, value
ORDER BY trafficTraces DESC, environment, prompt, value LIMIT ${MOST_VERSIONS}`,
      parameters,
      FINAL,
    );
    return rows.map(({ environment, value, first, last, ...row }) => ({
      ...trafficOf(row),
      ...{ environment, prompt: row.prompt, value, first, last },
    }));
  },

  async versionsOverTime(filter, by, unit) {
    const { sql, parameters } = traceWhere(filter);
    const rows = await client.rows<TrafficJson & Omit<TimedTraffic, keyof TrafficCount>>(
      `SELECT ${column(by)} AS value, ${startOf(unit)} AS start, ${TRAFFIC}
FROM traces FINAL WHERE ${sql} GROUP BY value, start ORDER BY value, start LIMIT ${MOST_COUNTS}`,
      parameters,
      FINAL,
    );
    return rows.map(({ value, start, ...row }) => ({ ...trafficOf(row), value, start }));
  },

  async scoreSums(filter, by) {
    const { sql, parameters } = traceWhere(filter);
    const rows = await client.rows<
      WeightedSums & Pick<ScoreSums, 'score' | 'value'> & { readonly others: number }
    >(
      `SELECT score, value, sum(weight) AS weights, sum(weight * weight) AS weightSquares,
  sum(weight * number) AS total, sum(weight * number * number) AS squares, countIf(number != 0 AND number != 1) AS others FROM (
  SELECT ${isTime(by) ? `toString(${startOf(by)})` : column(by)} AS value, scores, weight FROM traces FINAL
  WHERE ${sql} AND eligible)
ARRAY JOIN mapKeys(scores) AS score, mapValues(scores) AS number
GROUP BY score, value ORDER BY score, value LIMIT ${MOST_COUNTS}`,
      parameters,
      FINAL,
    );
    return [...Map.groupBy(rows, ({ score }) => score).values()].flatMap((of) => {
      const sums = effectiveSums(of);
      return of.map(({ score, value, others }, at) => ({
        ...{ score, value, ...sums[at]!, isBinary: others === 0 },
      }));
    });
  },

  signalsBy(filter, by) {
    const { sql, parameters } = traceWhere(filter);
    return client.rows<SignalCount>(
      `SELECT toString(arrayJoin(signals)) AS signal, ${column(by)} AS value, sum(weight) AS traces
FROM traces FINAL WHERE ${sql} AND eligible GROUP BY signal, value ORDER BY signal, value LIMIT ${MOST_COUNTS}`,
      parameters,
      FINAL,
    );
  },
});

const MILLISECONDS: Readonly<Record<TimeFacet, number>> = { day: 86_400_000, hour: 3_600_000 };

const isTime = (by: VersionFacet | TimeFacet): by is TimeFacet => by === 'day' || by === 'hour';

const column = (by: VersionFacet): string => `toString(${FACET_COLUMNS[by]})`;

const startOf = (unit: TimeFacet): string =>
  `intDiv(toUnixTimestamp64Milli(anchor), ${MILLISECONDS[unit]}) * ${MILLISECONDS[unit]}`;
