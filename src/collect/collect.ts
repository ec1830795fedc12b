import type { ByteSource } from '../contract/byte-source.ts';
import type { CollectReport, Problem } from '../contract/collection.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Origin, Trace } from '../contract/trace.ts';
import { type TraceAssembler, traceAssembler } from './assemble/trace-assembler.ts';
import { readFile } from './read/file-reader.ts';
import { recordReader } from './read/record-reader.ts';
import { type Tally, tally } from './read/tally.ts';
import { type UnreadFields, unreadFields } from './read/unread-fields.ts';
import type { RawRecord } from './record.ts';
import type { ColumnMap } from './shape/column-map.ts';
import { absentColumn, columnRoles } from './shape/column-map.ts';

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { spanSize } from './assemble/span-size.ts';
export { OWNER_KEYS } from './dialect/owner-key.ts';
export { type RowReading, readRows } from './read/read-rows.ts';
export { NotRows, type RowChunk, rowChunks } from './read/row-chunks.ts';
export { type TallyState, tally } from './read/tally.ts';
export type { RawConversation, RawLog, RawRecord, RawScore, RawSpan } from './record.ts';
export { absentColumn } from './shape/column-map.ts';
export { storedLine } from './shape/stored.ts';

export interface CollectOptions {
  /** Columns of tables and keys of rows whose names are not recognized, nested ones with dots: `{ messages: 'state.history' }`. */
  readonly map?: ColumnMap;
  readonly signal?: AbortSignal;
  /** Told of every problem; the report keeps the first 100. */
  readonly onProblem?: (problem: Problem) => void;
  /** Bytes of all sources together; `total` is null when a source does not know its size. */
  readonly progress?: (bytes: number, total: number | null) => void;
}

export interface Collection {
  /** Traces in batches, in the order in which they became complete. Can be run once. */
  readonly traces: () => AsyncGenerator<readonly Trace[]>;
  /** Bytes read so far, after decompression. */
  readonly bytes: () => number;
  /** Counts so far; final when `traces` has ended. */
  readonly report: () => CollectReport;
}

/**
 * Reads traces from files of any known shape, detected from their content: OTLP, exports of tracing tools,
 * JSON, JSON Lines, CSV, Parquet. Memory stays bounded however long a file is; input that cannot be
 * used is counted in the report and does not stop the reading.
 * An empty file or one in an unknown format is a problem in the report as long as other files hold traces.
 * @throws CulpritError while iterating: `empty_input`, `unknown_format` (with what was found and what to do),
 * `no_traces` when no file holds a trace, `invalid_option` for a bad map or a column of it that is nowhere, `aborted`, and whatever a source throws.
 */
export function collect(sources: readonly ByteSource[], options: CollectOptions): Collection {
  const counted = toldTally(options.onProblem);
  return {
    traces: () => run(sources, options, counted),
    bytes: counted.bytes,
    report: counted.report,
  };
}

function toldTally(onProblem: CollectOptions['onProblem']): Tally {
  const counted = tally();
  if (onProblem === undefined) return counted;
  return {
    ...counted,
    problem(problem) {
      onProblem(problem);
      counted.problem(problem);
    },
  };
}

/** Parts of a trace may be in different files: only this many records without one of its own, or memory, close it early. */
const QUIET_RECORDS = 1_000_000;

async function* run(
  sources: readonly ByteSource[],
  options: CollectOptions,
  counted: Tally,
): AsyncGenerator<readonly Trace[]> {
  const isGrouped = sources.every((source) => source.isGrouped === true);
  const assembler = assemblerFor(counted, isGrouped);
  for await (const traces of readInto(assembler, sources, options, counted)) {
    for (const trace of traces) counted.trace(trace);
    if (traces.length > 0) yield traces;
  }
}

const assemblerFor = (counted: Tally, isGrouped = false): TraceAssembler =>
  traceAssembler({
    isGrouped,
    onProblem: (problem) => {
      if (problem.code === 'repeated_trace') counted.remark(problem);
      else counted.problem(problem);
    },
    quietRecords: QUIET_RECORDS,
  });

/** A record as it was in a file, and where it was. */
export interface CollectedRecord {
  readonly record: RawRecord;
  readonly origin: Origin;
}

/** Records of files, and what became of the rest. */
export interface RecordCollection {
  /**
   * Records in batches, in the order of the files. A conversation has the id that `collect` gives its trace; the same one again is left
   * out. Can be run once.
   */
  readonly records: () => AsyncGenerator<readonly CollectedRecord[]>;
  /** As of `collect`. */
  readonly report: () => CollectReport;
  readonly unread: UnreadFields;
}

/**
 * Reads the records of files for whoever keeps them, and says what was not understood. Traces are made of them on the way, because
 * only a trace shows that, and thrown away. @throws CulpritError as `collect` does.
 */
export function collectRecords(
  sources: readonly ByteSource[],
  options: CollectOptions,
): RecordCollection {
  const counted = toldTally(options.onProblem);
  const unread = unreadFields();
  return {
    records: () => readRecords(sources, options, counted, unread),
    report: counted.report,
    unread,
  };
}

async function* readRecords(
  sources: readonly ByteSource[],
  options: CollectOptions,
  counted: Tally,
  unread: UnreadFields,
): AsyncGenerator<readonly CollectedRecord[]> {
  let batch: CollectedRecord[] = [];
  const assembler = assemblerFor(counted);
  const keeper: TraceAssembler = {
    add(record, origin) {
      const traces = assembler.add(record, origin);
      const kept = record.kind === 'conversation' ? named(record, traces) : record;
      if (kept?.kind === 'span') unread.span(kept.span);
      if (kept !== null) batch.push({ record: kept, origin });
      return traces;
    },
    end: assembler.end,
  };
  for await (const traces of readInto(keeper, sources, options, counted, unread)) {
    for (const trace of traces) counted.trace(trace);
    if (batch.length === 0) continue;
    yield batch;
    batch = [];
  }
}

/** With the id of the trace that was made of it; null where none was. */
function named(
  { conversation }: Extract<RawRecord, { readonly kind: 'conversation' }>,
  [trace]: readonly Trace[],
): RawRecord | null {
  return trace === undefined
    ? null
    : { kind: 'conversation', conversation: { ...conversation, id: trace.id } };
}

/** Reads all sources into an assembler; yields what that gives back after each piece, also when it is nothing. */
async function* readInto(
  assembler: TraceAssembler,
  sources: readonly ByteSource[],
  options: CollectOptions,
  counted: Tally,
  unread?: UnreadFields,
): AsyncGenerator<readonly Trace[]> {
  if (sources.length === 0) throw new CulpritError('empty_input', 'no files to read');
  const roles = columnRoles(options.map);
  const reader = recordReader({
    assembler,
    counted,
    roles,
    mapped: options.map !== undefined && Object.keys(options.map).length > 0,
    ...(unread && { unread }),
  });

  const sizes = sources.map((source) => source.size);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  let before = 0;
  let unusable: CulpritError | null = null;
  for (const source of sources) {
    const file = counted.file(source.name);
    const pieces = readFile(source, file, reader, (bytes) => {
      if (options.signal?.aborted) throw new CulpritError('aborted', 'reading was stopped');
      options.progress?.(before + (source.position?.() ?? bytes), total);
    });
    try {
      for await (const _ of pieces) yield reader.take();
    } catch (error) {
      if (!isUnusable(error)) throw error;
      unusable ??= error;
      counted.problem({ file: source.name, line: null, code: error.code, message: error.message });
    }
    before += source.size ?? file.bytes;
  }
  reader.end();
  yield [...reader.take(), ...assembler.end()];
  const absent = absentColumn(options.map, roles.noted());
  const found = counted.traceCount();
  if (absent !== null && (found > 0 || roles.noted().length > 0)) throw absent;
  if (found > 0) return;
  throw unusable ?? noTraces(counted.report());
}

/** One unusable file among many does not stop the others. */
const isUnusable = (error: unknown): error is CulpritError =>
  error instanceof CulpritError &&
  (error.code === 'unknown_format' || error.code === 'empty_input');

function noTraces(report: CollectReport): CulpritError {
  const names = report.files.map((file) => file.name).join(', ');
  const first = report.problems[0];
  const line = first?.line ? `line ${first.line}: ` : '';
  const why = first ? `; first of ${report.problemCount} problems: ${line}${first.message}` : '';
  return new CulpritError('no_traces', `no traces found in ${names}${why}`);
}
