import type { ByteSource } from '../contract/byte-source.ts';
import type { CollectReport } from '../contract/collection.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Origin, Trace } from '../contract/trace.ts';
import { type TraceAssembler, traceAssembler } from './assemble/trace-assembler.ts';
import { readFile } from './read/file-reader.ts';
import { recordReader } from './read/record-reader.ts';
import { type Tally, tally } from './read/tally.ts';
import type { RawRecord } from './record.ts';
import type { ColumnMap } from './shape/column-map.ts';
import { absentColumn, columnRoles } from './shape/column-map.ts';

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { spanSize } from './assemble/span-size.ts';
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
  const counted = tally();
  return {
    traces: () => run(sources, options, counted),
    bytes: counted.bytes,
    report: counted.report,
  };
}

/** Parts of a trace may be in different files: only this many records without one of its own, or memory, close it early. */
const QUIET_RECORDS = 1_000_000;

async function* run(
  sources: readonly ByteSource[],
  options: CollectOptions,
  counted: Tally,
): AsyncGenerator<readonly Trace[]> {
  const assembler = traceAssembler({
    onProblem: (problem) => {
      if (problem.code === 'repeated_trace') counted.remark(problem);
      else counted.problem(problem);
    },
    quietRecords: QUIET_RECORDS,
  });
  const reading = readInto(assembler, sources, options, counted, counted.traceCount);
  for await (const traces of reading) {
    for (const trace of traces) counted.trace(trace);
    if (traces.length > 0) yield traces;
  }
}

/** A record as it was in a file, and where it was. */
export interface CollectedRecord {
  readonly record: RawRecord;
  readonly origin: Origin;
}

/**
 * Reads the records of files without making traces of them, in batches, for whoever keeps them. `report` counts files and problems,
 * not traces. @throws CulpritError as `collect` does.
 */
export function collectRecords(
  sources: readonly ByteSource[],
  options: CollectOptions,
): {
  readonly records: () => AsyncGenerator<readonly CollectedRecord[]>;
  readonly report: () => CollectReport;
} {
  const counted = tally();
  return { records: () => readRecords(sources, options, counted), report: counted.report };
}

async function* readRecords(
  sources: readonly ByteSource[],
  options: CollectOptions,
  counted: Tally,
): AsyncGenerator<readonly CollectedRecord[]> {
  let batch: CollectedRecord[] = [];
  let found = 0;
  const keeper: TraceAssembler = {
    add(record, origin) {
      batch.push({ record, origin });
      found++;
      return [];
    },
    end: () => [],
  };
  for await (const _ of readInto(keeper, sources, options, counted, () => found)) {
    if (batch.length === 0) continue;
    yield batch;
    batch = [];
  }
}

/** Reads all sources into an assembler; yields what that gives back after each piece, also when it is nothing. */
async function* readInto(
  assembler: TraceAssembler,
  sources: readonly ByteSource[],
  options: CollectOptions,
  counted: Tally,
  found: () => number,
): AsyncGenerator<readonly Trace[]> {
  if (sources.length === 0) throw new CulpritError('empty_input', 'no files to read');
  const roles = columnRoles(options.map);
  const reader = recordReader({
    assembler,
    counted,
    roles,
    mapped: options.map !== undefined && Object.keys(options.map).length > 0,
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
  if (absent !== null && (found() > 0 || roles.noted().length > 0)) throw absent;
  if (found() > 0) return;
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
