import type { RawRecord } from '../collect/collect.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type {
  RecordRow,
  RowBatch,
  ScoreRow,
  SignalRow,
  TelemetryStore,
  TraceFilter,
  TraceRow,
} from '../store/telemetry/telemetry.ts';

/** A telemetry store in memory, which can be away. What it answers follows the interface, in the simplest way. */
export interface MemoryTelemetry extends TelemetryStore {
  readonly rows: {
    /** By trace, then by record. */
    readonly records: Map<string, Map<string, RecordRow>>;
    readonly traces: Map<string, TraceRow>;
    readonly signals: SignalRow[];
    readonly scores: Map<string, ScoreRow>;
  };
  /** From now on inserts and reads fail as they do while the engine is away or too much waits; null ends that. */
  fail(code: 'store_unavailable' | 'store_busy' | null): void;
}

export function memoryTelemetry(): MemoryTelemetry {
  const records = new Map<string, Map<string, RecordRow>>();
  const traces = new Map<string, TraceRow>();
  const scores = new Map<string, ScoreRow>();
  const signals: SignalRow[] = [];
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
  const found = (filter: TraceFilter): TraceRow[] =>
    [...traces.values()].filter((row) => matches(row, filter)).sort((a, b) => b.anchor - a.anchor);

  return {
    rows: { records, traces, signals, scores },
    fail: (code) => {
      failing = code;
    },
    async insert(rows) {
      check();
      const batch = rows as RowBatch;
      for (const row of batch.records ?? []) {
        const held = records.get(keyOf(row)) ?? new Map<string, RecordRow>();
        records.set(keyOf(row), held.set(...keyed(row, held)));
      }
      for (const row of batch.traces ?? []) {
        const before = traces.get(keyOf(row));
        if (before === undefined || before.version <= row.version) traces.set(keyOf(row), row);
      }
      for (const row of batch.scores ?? [])
        scores.set(
          JSON.stringify([
            row.project,
            row.traceId,
            row.sessionId,
            row.score.spanId,
            row.score.name,
            row.source,
            row.id || row.score,
          ]),
          row,
        );
      signals.push(...(batch.signals ?? []));
    },
    async recordsOf(project, traceId) {
      check();
      return recordsOf(project, traceId);
    },
    async traceOf(project, traceId) {
      check();
      return traces.get(keyOf({ project, traceId })) ?? null;
    },
    async signalsOf({ project, traceId, version }) {
      return signals.filter(
        (row) => row.project === project && row.traceId === traceId && row.version === version,
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
    async losses(filter) {
      check();
      return found({ ...filter, failed: true }).map((row) => ({
        traceId: row.traceId,
        user: row.user,
        cost: row.cost,
        tokens: row.inputTokens + row.outputTokens,
        milliseconds: Math.max(0, row.end - row.start),
      }));
    },
    async funnel(filter) {
      check();
      const all = found(filter);
      const failed = all.filter((row) => row.failed);
      return {
        stored: all.length,
        eligible: all.filter(({ eligible }) => eligible).length,
        failed: failed.length,
        signaled: failed.filter((row) => row.signals.length > 0).length,
      };
    },
    async countsBy() {
      return [];
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
    async *unassembled(since) {
      check();
      const last = new Map<string, RecordRow>();
      for (const row of records.values().flatMap((held) => held.values()))
        if (row.received >= since && row.received >= (last.get(keyOf(row))?.received ?? 0))
          last.set(keyOf(row), row);
      for (const [key, row] of last)
        if ((traces.get(key)?.received ?? 0) < row.received)
          yield { project: row.project, traceId: row.traceId, received: row.received };
    },
    async extend() {},
    async forget() {
      return { traces: 0 };
    },
    async backup() {},
    async restore() {},
    status: () => ({
      state: failing === 'store_unavailable' ? 'away' : 'ready',
      reason: null,
      queuedRows: 0,
      queuedBytes: 0,
      restarts: 0,
    }),
    async close() {},
  };
}

const keyOf = ({ project, traceId }: { readonly project: string; readonly traceId: string }) =>
  `${project} ${traceId}`;

/** The more complete record of a span wins. */
function keyed(row: RecordRow, rows: ReadonlyMap<string, RecordRow>): [string, RecordRow] {
  const { record } = row;
  const id =
    record.kind === 'span'
      ? `span ${record.span.spanId}`
      : JSON.stringify(record.kind === 'log' ? record.log : record.conversation);
  const key = `${keyOf(row)} ${id}`;
  const before = rows.get(key);
  if (before?.record.kind !== 'span' || record.kind !== 'span') return [key, row];
  const size = (value: unknown): number => JSON.stringify(value).length;
  return [key, size(before.record.span) > size(record.span) ? before : row];
}

const matches = (row: TraceRow, filter: TraceFilter): boolean =>
  Object.entries(filter).every(([name, wanted]) => {
    if (name === 'from') return row.anchor >= Number(wanted);
    if (name === 'to') return row.anchor < Number(wanted);
    if (name === 'signal') return row.signals.includes(String(wanted));
    if (name === 'words')
      return String(wanted)
        .toLowerCase()
        .split(/\s+/)
        .every((word) => row.output.toLowerCase().includes(word));
    if (name === 'score') {
      const { name: score, atLeast = -Infinity, below = Infinity } = filter.score!;
      const value = row.scores[score];
      return value !== undefined && value >= atLeast && value < below;
    }
    return row[name as keyof TraceRow] === wanted;
  });
