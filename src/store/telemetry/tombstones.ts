import type { EncodedRows } from './row-batch.ts';
import type { SqlClient } from './sql-client.ts';
import { traceKey } from './trace-key.ts';

/** Traces that were deleted: what comes in for them later is left out. */
export interface Tombstones {
  /** The rows without those of deleted traces; null when none are left. */
  living(rows: EncodedRows): EncodedRows | null;
  /** Resolves when they are on disk. */
  add(project: string, traceIds: readonly string[]): Promise<void>;
}

export async function tombstones(client: SqlClient): Promise<Tombstones> {
  const keys = new Set<number>();
  const rows = client.stream<{ project: string; trace_id: string }>(
    'SELECT project, trace_id FROM tombstones',
  );
  for await (const batch of rows)
    for (const { project, trace_id } of batch) keys.add(traceKey(project, trace_id));
  return {
    living: (each) => (keys.size === 0 ? each : without(each, keys)),
    async add(project, traceIds) {
      for (const id of traceIds) keys.add(traceKey(project, id));
      for (let at = 0; at < traceIds.length; at += IDS) {
        await client.run(
          'INSERT INTO tombstones (project, trace_id, at) SELECT {project:String}, arrayJoin({ids:Array(String)}), now()',
          { project, ids: traceIds.slice(at, at + IDS) },
        );
      }
    },
  };
}

/** Ids in one statement: parameters are in the URL. */
const IDS = 2000;

function without(rows: EncodedRows, keys: ReadonlySet<number>): EncodedRows | null {
  if (!rows.keys.some((key) => keys.has(key))) return rows;
  const kept = Array.from(rows.keys.keys()).filter((at) => !keys.has(rows.keys[at] as number));
  if (kept.length === 0) return null;
  const parts = kept.map((at) => rows.bytes.subarray(rows.ends[at - 1] ?? 0, rows.ends[at]));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const ends = new Uint32Array(kept.length);
  let end = 0;
  parts.forEach((part, at) => {
    bytes.set(part, end);
    end += part.length;
    ends[at] = end;
  });
  const living = Float64Array.from(kept, (at) => rows.keys[at] as number);
  return { table: rows.table, count: kept.length, bytes, keys: living, ends };
}
