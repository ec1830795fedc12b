import type { QueryGroup, QueryMeasure, QueryRow } from '../../../contract/trace-query.ts';
import { ROLLING } from '../assignment-row.ts';
import type { SqlClient } from '../sql-client.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { countsFor } from './cause-rules.ts';
import { FACET_COLUMNS, traceWhere } from './trace-where.ts';

/** Reads of `traces` in the terms of a typed query. */
export type MeasureQueries = Pick<TelemetryStore, 'measured'>;

/** The present version of each row; versions of one row are always in one partition. */
const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

export const measureQueries = (client: SqlClient): MeasureQueries => ({
  async measured(filter, { groupBy, measures, orderBy, limit }) {
    const { sql, parameters } = traceWhere(filter);
    const group = groupBy.map((name) =>
      name === 'cause' ? `if(failed, ${countsFor(filter.rules)}, '')` : GROUPS[name],
    );
    const by = orderBy ?? measures[0]!;
    const place = (groupBy as readonly string[]).indexOf(by);
    // Names of their own: an alias that is the name of a column would hide it.
    const order =
      place >= 0
        ? `groups[${place + 1}]`
        : `${MEASURES[by as QueryMeasure] ?? MEASURES.traces} DESC`;
    const rows = await client.rows<{
      readonly groups: readonly string[];
      readonly measured: readonly (number | null)[];
    }>(
      `SELECT ${list(group, 'String')} AS groups, ${list(
        measures.map((name) => `toNullable(toFloat64(${MEASURES[name]}))`),
        'Nullable(Float64)',
      )} AS measured
FROM ${groupBy.includes('cause') ? `(SELECT * FROM traces FINAL WHERE ${sql}) AS found${ASSIGNED}` : `traces FINAL WHERE ${sql}`}
GROUP BY groups ORDER BY ${order}, groups LIMIT {limit:UInt32}`,
      { ...parameters, limit: limit + 1 },
      FINAL,
    );
    return rows.map(
      ({ groups, measured }): QueryRow => ({
        group: Object.fromEntries(groupBy.map((name, at) => [name, groups[at] ?? ''])),
        measures: Object.fromEntries(measures.map((name, at) => [name, measured[at] ?? null])),
      }),
    );
  },
});

const list = (expressions: readonly string[], type: string): string =>
  expressions.length === 0 ? `CAST([], 'Array(${type})')` : `[${expressions.join(', ')}]`;

/** What a failure is assigned to; `cluster` is '' where no analysis has looked at it. */
const ASSIGNED = `
LEFT JOIN (
  SELECT anchor, trace_id, cluster FROM assignments FINAL
  WHERE project = {project:String} AND clustering = '${ROLLING}') AS assigned
USING (anchor, trace_id)`;

const { promptVersion, release, model, tenant, environment, source, status } = FACET_COLUMNS;

const GROUPS: Readonly<Record<Exclude<QueryGroup, 'cause'>, string>> = {
  signal: 'toString(arrayJoin(signals))',
  promptVersion: `toString(${promptVersion})`,
  release: `toString(${release})`,
  model: `toString(${model})`,
  tenant: `toString(${tenant})`,
  environment: `toString(${environment})`,
  source: `toString(${source})`,
  status: `toString(${status})`,
  day: 'toString(toDate(anchor))',
};

const SECONDS = `greatest(0, dateDiff('millisecond', start, end)) / 1000`;

const MEASURES: Readonly<Record<QueryMeasure, string>> = {
  traces: 'sum(weight)',
  failed: 'sumIf(weight, failed)',
  failureRate:
    'if(countIf(eligible) = 0, NULL, sumIf(weight, eligible AND failed) / sumIf(weight, eligible))',
  tokens: 'sum(weight * (input_tokens + output_tokens))',
  cost: 'sum(weight * cost)',
  medianSeconds: `quantileExactWeighted(0.5)(${SECONDS}, weight)`,
  p95Seconds: `quantileExactWeighted(0.95)(${SECONDS}, weight)`,
};
