import { MOST_VERSIONS, ROLLING } from '../assignment-row.ts';
import type { SqlClient } from '../sql-client.ts';
import type { StoredVerdict, TelemetryStore } from '../telemetry-store.ts';

/**
 * Which version judged a trace. A row of `traces` says by which its verdict was first found; where a later version found the
 * same, only a row of `assignments` says so.
 */
export type VerdictQueries = Pick<TelemetryStore, 'verdicts' | 'judgedByOthers'>;

export const verdictQueries = (client: SqlClient): VerdictQueries => ({
  async verdicts(project, notBy, after) {
    const rows = await client.rows<VerdictJson>(
      `SELECT ${VERDICT_COLUMNS} FROM traces FINAL
WHERE project = {project:String} AND detector_version != {version:String}
${after === null ? '' : 'AND trace_id > {after:String}'} ORDER BY trace_id LIMIT ${PAGE}`,
      { project, version: notBy, ...(after !== null && { after }) },
      FINAL,
    );
    const last = rows.at(-1)?.traceId;
    if (last === undefined) return { verdicts: [], last: null };
    const found = await client.rows<{ readonly key: string }>(
      `SELECT DISTINCT concat(toString(version % ${MOST_VERSIONS}), ' ', trace_id) AS key FROM assignments
WHERE ${SAME_VERSION} AND trace_id <= {last:String}
${after === null ? '' : 'AND trace_id > {after:String}'}`,
      { project, version: notBy, last, ...(after !== null && { after }) },
    );
    const same = new Set(found.map(({ key }) => key));
    return {
      verdicts: rows
        .filter(
          ({ traceId, version }) => !same.has(`${Math.min(version, MOST_VERSIONS - 1)} ${traceId}`),
        )
        .map(({ anchorMs, receivedMs, expiresDay, ...row }) => ({
          ...row,
          ...{ anchor: anchorMs, received: receivedMs, expires: expiresDay * DAY_MS },
        })),
      last: rows.length < PAGE ? null : last,
    };
  },

  async judgedByOthers(project, version) {
    // Hashes of 64 bits take a fraction of the memory of the ids.
    const [row] = await client.rows<{ readonly older: number }>(
      `SELECT count() AS older FROM traces FINAL
WHERE project = {project:String} AND detector_version != {version:String}
  AND sipHash64(trace_id, toUInt16(least(version, ${MOST_VERSIONS - 1}))) NOT IN (
    SELECT sipHash64(trace_id, toUInt16(version % ${MOST_VERSIONS})) FROM assignments WHERE ${SAME_VERSION})`,
      { project, version },
      FINAL,
    );
    return row?.older ?? 0;
  },
});

/** The present version of each row; versions of one row are always in one partition. */
const FINAL = { settings: { do_not_merge_across_partitions_select_final: 1 } } as const;

const SAME_VERSION = `project = {project:String} AND clustering = '${ROLLING}' AND detector_version = {version:String}`;

/** Traces that are looked at together. */
const PAGE = 20_000;

type VerdictJson = Omit<StoredVerdict, 'anchor' | 'received' | 'expires'> & {
  readonly anchorMs: number;
  readonly receivedMs: number;
  readonly expiresDay: number;
};

const VERDICT_COLUMNS = [
  ...['trace_id AS traceId', 'version', 'source', 'eligible', 'failed', 'signals', 'weight'],
  ...['toUnixTimestamp64Micro(anchor) / 1000 AS anchorMs', 'toUInt16(expires) AS expiresDay'],
  'toUnixTimestamp64Micro(received) / 1000 AS receivedMs',
].join(', ');

const DAY_MS = 86_400_000;
