import type { SqlClient } from '../sql-client.ts';
import type { TelemetryStore, TraceSource } from '../telemetry-store.ts';
import { micros } from './trace-where.ts';

/** Reads of `traces` by where they came from. */
export type SourceQueries = Pick<TelemetryStore, 'sources'>;

const DAY_MS = 86_400_000;
const SLOT_S = 300;
/** Days whose activity is looked at. */
const ACTIVITY_DAYS = 28;
/** Traces of each source whose readiness is counted. */
const CHECKED = 1_000;
const MAX_SOURCES = 1_000;

const SOURCE = 'service, sdk, environment';

export const sourceQueries = (client: SqlClient): SourceQueries => ({
  async sources(project, now) {
    const parameters = { project, since: micros(now - ACTIVITY_DAYS * DAY_MS) };
    const [sources, items] = await Promise.all([
      // A trace that was assembled again counts once: by id, since versions need not be merged for that.
      client.rows<SourceJson>(
        `SELECT ${SOURCE}, uniqExact(trace_id) AS traces,
  toUnixTimestamp64Micro(min(received)) / 1000 AS first, toUnixTimestamp64Micro(max(received)) / 1000 AS last,
  arraySort(groupUniqArrayIf(intDiv(toUnixTimestamp(received), ${SLOT_S}), received >= fromUnixTimestamp64Micro({since:Int64}))) AS slots,
  arrayPopFront(arrayDifference(slots)) AS gaps,
  length(slots) AS slotCount,
  if(empty(gaps), 0, arrayReduce('medianExact', gaps)) AS usualGap,
  if(empty(gaps), 0, arrayMax(gaps)) AS longestGap
FROM traces WHERE project = {project:String}
GROUP BY ${SOURCE} ORDER BY last DESC, ${SOURCE} LIMIT ${MAX_SOURCES}`,
        parameters,
      ),
      client.rows<ItemJson>(
        `SELECT ${SOURCE}, count() AS checked,
  sumMap(carries, arrayMap(x -> 1, carries)) AS carry, sumMap(lacks, arrayMap(x -> 1, lacks)) AS lack
FROM (SELECT * FROM (SELECT ${SOURCE}, carries, lacks, received FROM traces
    WHERE project = {project:String} AND received >= fromUnixTimestamp64Micro({since:Int64})
    ORDER BY version DESC LIMIT 1 BY trace_id)
  ORDER BY received DESC LIMIT ${CHECKED} BY ${SOURCE})
GROUP BY ${SOURCE}`,
        parameters,
      ),
    ]);
    const checked = new Map(items.map((row) => [keyOf(row), row]));
    return sources.map((row) => sourceOf(row, checked.get(keyOf(row))));
  },
});

interface SourceKey {
  readonly service: string;
  readonly sdk: string;
  readonly environment: string;
}

interface SourceJson extends SourceKey {
  readonly traces: number;
  readonly first: number;
  readonly last: number;
  readonly slotCount: number;
  readonly usualGap: number;
  readonly longestGap: number;
}

/** Names of items, and how often each occurs. */
type Counts = readonly [names: readonly string[], counts: readonly number[]];

interface ItemJson extends SourceKey {
  readonly checked: number;
  readonly carry: Counts;
  readonly lack: Counts;
}

const keyOf = ({ service, sdk, environment }: SourceKey): string =>
  JSON.stringify([service, sdk, environment]);

function sourceOf(row: SourceJson, items: ItemJson | undefined): TraceSource {
  const { service, sdk, environment, traces, first, last } = row;
  return {
    ...{ service, sdk, environment, traces, first, last },
    activity: {
      slots: row.slotCount,
      usualInterval: row.usualGap * SLOT_S * 1000,
      longestInterval: row.longestGap * SLOT_S * 1000,
    },
    checked: items?.checked ?? 0,
    items: items === undefined ? {} : itemsOf(items),
  };
}

function itemsOf({ carry, lack }: ItemJson): TraceSource['items'] {
  const counts = new Map<string, { carry: number; lack: number }>();
  const add = ([names, numbers]: Counts, kind: 'carry' | 'lack'): void =>
    names.forEach((name, at) => {
      const known = counts.get(name) ?? { carry: 0, lack: 0 };
      known[kind] += numbers[at] ?? 0;
      counts.set(name, known);
    });
  add(carry, 'carry');
  add(lack, 'lack');
  return Object.fromEntries(counts);
}
