import type { RawConversation, RawRecord } from '../collect/collect.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import {
  type EncodedRows,
  encodeRows,
  MOST_VERSIONS,
  type RecordRow,
  recordRows,
} from '../store/telemetry/rows.ts';
import type {
  AssignmentRow,
  CauseRules,
  DefinitionRow,
  RowBatch,
  ScoreRow,
  SignalRow,
  StoredBackup,
  TelemetryStore,
  TraceFilter,
  TraceRow,
} from '../store/telemetry/telemetry.ts';
import { matches } from './matching-traces.ts';
import { memoryDefinitions } from './memory-definitions.ts';
import { judgedCountsOf, unjudgedOf } from './memory-judged.ts';
import { measuredOf } from './memory-measured.ts';
import { memorySources } from './memory-sources.ts';
import { facetOf, trafficOf, valueCountsOf, weightOf } from './memory-traffic.ts';
import { memoryVersions } from './memory-versions.ts';
import { stretchesOf, valuesByCauseOf } from './memory-watch.ts';

/** A telemetry store in memory, which can be away. What it answers follows the interface, in the simplest way. */
export interface MemoryTelemetry extends TelemetryStore {
  readonly rows: {
    /** By trace, then by record. */
    readonly records: Map<string, Map<string, RecordRow>>;
    readonly traces: Map<string, TraceRow>;
    readonly signals: SignalRow[];
    readonly scores: Map<string, ScoreRow>;
    readonly assignments: Map<string, AssignmentRow>;
    readonly definitions: DefinitionRow[];
  };
  /** From now on inserts and reads fail as they do while the engine is away or too much waits; null ends that. */
  fail(code: 'store_unavailable' | 'store_busy' | null): void;
}

export function memoryTelemetry(): MemoryTelemetry {
  const records = new Map<string, Map<string, RecordRow>>();
  const traces = new Map<string, TraceRow>();
  const backups: StoredBackup[] = [];
  const scores = new Map<string, ScoreRow>();
  const assignments = new Map<string, AssignmentRow>();
  const signals: SignalRow[] = [];
  const definitions: DefinitionRow[] = [];
  let failing: 'store_unavailable' | 'store_busy' | null = null;

  const check = (): void => {
    if (failing !== null) throw new CulpritError(failing, 'the store is told to fail');
  };
  const recordsOf = (project: string, traceId: string): RawRecord[] => {
    const held = records.get(keyOf({ project, traceId }))?.values() ?? [];
    const own = [...held].sort((a, b) => a.received - b.received);
    const judged = [...scores.values()].filter(
      (row) => row.project === project && row.traceId === traceId,
    );
    return [
      ...own.map(({ record }) => record),
      ...judged.map(
        (row): RawRecord => ({
          kind: 'score',
          score: {
            traceId,
            sessionId: row.sessionId || null,
            responseId: row.responseId || null,
            score: row.score,
          },
        }),
      ),
    ];
  };
  const causeOf = (row: TraceRow, rules?: CauseRules): string => {
    const assigned = assignments.get(keyOf(row))?.cluster ?? '';
    return rules?.placed.get(row.traceId) ?? rules?.merged.get(assigned) ?? assigned;
  };
  const found = ({ cause, rules, draw, ...filter }: TraceFilter): TraceRow[] => {
    const all = [...traces.values()]
      .filter((row) => matches(row, filter))
      .filter((row) => cause === undefined || (row.failed && causeOf(row, rules) === cause))
      .sort((a, b) => b.anchor - a.anchor);
    if (draw === undefined) return all;
    const strata = Map.groupBy(all, (row) => (draw.by === null ? '' : row[draw.by]));
    return [...strata.values()].flatMap((rows) => rows.slice(0, draw.most));
  };
  const byOthers = (project: string, version: string): TraceRow[] =>
    found({ project }).filter((row) => {
      const judged = assignments.get(keyOf(row));
      const isSame =
        judged?.detectorVersion === version && judged.version % MOST_VERSIONS === row.version;
      return row.detectorVersion !== version && !isSame;
    });

  return {
    rows: { records, traces, signals, scores, assignments, definitions },
    fail: (code) => {
      failing = code;
    },
    async insert(rows) {
      check();
      const batch = isEncoded(rows)
        ? { records: rows.flatMap(({ bytes }) => recordRows(bytes)) }
        : rows;
      for (const row of batch.records ?? []) {
        const held = records.get(keyOf(row)) ?? new Map<string, RecordRow>();
        records.set(keyOf(row), held.set(...keyed(row, held)));
      }
      for (const row of batch.traces ?? []) {
        const before = traces.get(keyOf(row));
        if (before === undefined || before.version <= row.version) traces.set(keyOf(row), row);
      }
      for (const row of batch.scores ?? []) scores.set(scoreKey(row), row);
      signals.push(...(batch.signals ?? []));
      definitions.push(...(batch.definitions ?? []));
      for (const row of batch.assignments ?? []) {
        const before = assignments.get(keyOf(row));
        if (before === undefined || before.version <= row.version) assignments.set(keyOf(row), row);
      }
    },
    async recordsOf(project, traceId) {
      check();
      return recordsOf(project, traceId);
    },
    async storedAmong(project, traceIds) {
      check();
      return new Set(traceIds.filter((traceId) => records.has(keyOf({ project, traceId }))));
    },
    async conversationsOf(project, traceIds) {
      check();
      const found = new Map<string, RawConversation>();
      for (const traceId of traceIds)
        for (const record of recordsOf(project, traceId))
          if (record.kind === 'conversation') found.set(traceId, record.conversation);
      return found;
    },
    async traceOf(project, traceId) {
      check();
      return traces.get(keyOf({ project, traceId })) ?? null;
    },
    async signalsOf({ project, traceId, version, detectorVersion }) {
      return signals.filter(
        (row) =>
          row.project === project &&
          row.traceId === traceId &&
          row.version === version &&
          row.detectorVersion === detectorVersion,
      );
    },
    async newest(filter, { limit, cursor }) {
      check();
      const from = Number(cursor ?? 0);
      const all = found(filter);
      const next = from + limit < all.length ? String(from + limit) : null;
      return { items: all.slice(from, from + limit), next };
    },
    async count(filter) {
      check();
      return found(filter).length;
    },
    async losses(filter, traceIds) {
      check();
      const wanted = found(filter).filter((row) => traceIds.includes(row.traceId));
      return wanted.map((row) => ({
        scores: row.scores,
        traceId: row.traceId,
        user: row.user,
        cost: row.cost,
        tokens: row.inputTokens + row.outputTokens,
        milliseconds: Math.max(0, row.end - row.start),
        environment: row.environment,
      }));
    },
    async funnel(filter) {
      check();
      const all = found(filter);
      const failed = all.filter((row) => row.failed);
      return {
        stored: all.length,
        ...trafficOf(all),
        signaled: weightOf(failed.filter((row) => row.signals.length > 0)),
        suspects: weightOf(
          all.filter((row) => row.eligible && !row.failed && row.signals.length > 0),
        ),
      };
    },
    async sources(project, now) {
      check();
      return memorySources(found({ project }), now);
    },
    countsBy: async () => [],
    async measured(filter, query) {
      check();
      return measuredOf(found(filter), query, (row) => causeOf(row, filter.rules));
    },
    async valueCounts(filter) {
      check();
      return valueCountsOf(found(filter));
    },
    async failuresByCause(filter, facet) {
      check();
      const failed = found(filter).filter((row) => row.failed);
      const placeOf = (row: TraceRow) => ({
        cause: causeOf(row, filter.rules),
        value: facet === null ? '' : facetOf(row, facet),
      });
      const groups = Map.groupBy(failed, (row) => JSON.stringify(placeOf(row)));
      return [...groups.values()]
        .map((of) => ({ ...placeOf(of[0]!), failures: weightOf(of) }))
        .sort((a, b) => b.failures - a.failures);
    },
    ...memoryVersions((filter) => {
      check();
      return found(filter);
    }),
    async assignmentsOf(project, traceIds) {
      check();
      return those(assignments, project, traceIds);
    },
    async scoresOf(project, traceIds) {
      check();
      const rows = those(traces, project, traceIds);
      return new Map([...rows].map(([traceId, { scores }]) => [traceId, scores]));
    },
    async stretches({ from, to, ...filter }, figure) {
      check();
      return stretchesOf(found(filter), { from, to }, figure, causeOf);
    },
    async valuesByCause(filter, score) {
      check();
      return valuesByCauseOf(found(filter), score, causeOf);
    },
    async unjudged(request, most) {
      check();
      const { judge: _, salt: __, rate: ___, without: ____, ...filter } = request;
      return unjudgedOf(found({ ...filter, eligible: true }), [...scores.values()], request, most);
    },
    async judgedCounts(project, judge, since) {
      check();
      const own = [...scores.values()].filter((row) => row.project === project);
      return judgedCountsOf(own, judge, since);
    },
    async verdicts(project, notBy, after) {
      check();
      const verdicts = byOthers(project, notBy)
        .filter(({ traceId }) => traceId > (after ?? ''))
        .sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
      return { verdicts, last: null };
    },
    async judgedByOthers(project, version) {
      check();
      return byOthers(project, version).length;
    },
    ...memoryDefinitions(definitions, check),
    async placements(since) {
      check();
      const tracesAbout = (row: ScoreRow): string[] => {
        if (row.sessionId !== '')
          return [...traces.values()]
            .filter(({ project, session }) => project === row.project && session === row.sessionId)
            .map(({ traceId }) => traceId);
        const spans = [...records.values()].flatMap((held) => [...held.values()]);
        const own = spans.filter(
          ({ project, record }) =>
            project === row.project &&
            record.kind === 'span' &&
            record.span.spanId === row.score.spanId,
        );
        return [...new Set(own.map(({ traceId }) => traceId))];
      };
      return [...scores.values()]
        .filter(({ traceId, at, responseId }) => traceId === '' && at >= since && responseId === '')
        .flatMap((row) => tracesAbout(row).map((traceId) => ({ ...row, traceId })))
        .filter((row) => !scores.has(scoreKey(row)));
    },
    async *stream(filter) {
      check();
      for (const row of found(filter).sort((a, b) => (a.traceId < b.traceId ? -1 : 1)))
        yield {
          traceId: row.traceId,
          format: row.source,
          records: recordsOf(row.project, row.traceId),
        };
    },
    async *shares(project, traceIds) {
      check();
      for (const traceId of traceIds) {
        const held = [...(records.get(keyOf({ project, traceId }))?.values() ?? [])];
        const judged = recordsOf(project, traceId).filter(({ kind }) => kind === 'score');
        const [encoded] = encodeRows({ records: held });
        if (encoded !== undefined)
          yield { traceIds: [traceId], rows: encoded.bytes, scores: new Map([[traceId, judged]]) };
      }
    },
    async unfinished(project, traceIds) {
      check();
      const rows = traceIds.flatMap((traceId) => [
        ...(records.get(keyOf({ project, traceId }))?.values() ?? []),
      ]);
      const [encoded] = encodeRows({ records: rows });
      const present = traceIds.flatMap((traceId) => traces.get(keyOf({ project, traceId })) ?? []);
      return {
        rows: encoded?.bytes ?? new Uint8Array(),
        scores: new Map(
          traceIds.map((id) => [
            id,
            [...scores.values()]
              .filter((row) => row.project === project && row.traceId === id)
              .map(({ score }) => score),
          ]),
        ),
        present: new Map(present.map((row) => [row.traceId, row])),
      };
    },
    async unassembled(since, most) {
      check();
      const last = new Map<string, RecordRow>();
      for (const row of records.values().flatMap((held) => held.values()))
        if (row.received >= since && row.received >= (last.get(keyOf(row))?.received ?? 0))
          last.set(keyOf(row), row);
      const pending = [...last]
        .filter(([key, row]) => (traces.get(key)?.received ?? 0) < row.received)
        .map(([, { project, traceId, received }]) => ({ project, traceId, received }))
        .sort((a, b) => a.received - b.received);
      return { traces: pending.slice(0, most), total: pending.length };
    },
    async extend() {},
    async forget(target) {
      const gone =
        'traceId' in target
          ? [target]
          : found({ project: target.project }).filter((row) =>
              'user' in target ? row.user === target.user : row.tenant === target.tenant,
            );
      for (const row of gone) {
        traces.delete(keyOf(row));
        records.delete(keyOf(row));
      }
      return { traces: gone.length };
    },
    async backup(name) {
      backups.push({ name, made: 0, bytes: 0 });
    },
    backups: async () => backups.toReversed(),
    async restore() {},
    status: () => ({
      state: failing === 'store_unavailable' ? 'away' : 'ready',
      reason: null,
      queuedRows: 0,
      queuedBytes: 0,
      pid: null,
      restarts: 0,
    }),
    async close() {},
  };
}

const isEncoded = (rows: RowBatch | readonly EncodedRows[]): rows is readonly EncodedRows[] =>
  Array.isArray(rows);

const scoreKey = (row: ScoreRow): string =>
  JSON.stringify([
    ...[row.project, row.traceId, row.sessionId, row.score.spanId, row.score.name, row.source],
    row.id || row.score,
  ]);

const keyOf = ({ project, traceId }: { readonly project: string; readonly traceId: string }) =>
  `${project} ${traceId}`;

/** The rows of these traces that are there, by trace id. */
const those = <Row>(rows: ReadonlyMap<string, Row>, project: string, ids: readonly string[]) =>
  new Map(
    ids.flatMap((traceId): [string, Row][] => {
      const row = rows.get(keyOf({ project, traceId }));
      return row === undefined ? [] : [[traceId, row]];
    }),
  );

/** The more complete record of a span wins. */
function keyed(row: RecordRow, rows: ReadonlyMap<string, RecordRow>): [string, RecordRow] {
  const { record } = row;
  const id =
    record.kind === 'span'
      ? `span ${record.span.spanId}`
      : record.kind === 'log'
        ? JSON.stringify(record.log)
        : 'conversation';
  const key = `${keyOf(row)} ${id}`;
  const before = rows.get(key);
  if (before?.record.kind !== 'span' || record.kind !== 'span') return [key, row];
  const size = (value: unknown): number => JSON.stringify(value).length;
  return [key, size(before.record.span) > size(record.span) ? before : row];
}
