import type { ByteSource } from '../contract/byte-source.ts';
import type { CollectReport } from '../contract/collection.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';
import { traceAssembler } from './assemble/trace-assembler.ts';
import { readFile } from './read/file-reader.ts';
import { recordReader } from './read/record-reader.ts';
import { type Tally, tally } from './read/tally.ts';
import type { ColumnMap } from './shape/column-map.ts';
import { absentColumn, columnRoles } from './shape/column-map.ts';

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { spanSize } from './assemble/span-size.ts';
export { type RowReading, readRows } from './read/read-rows.ts';
export { NotRows, type RowChunk, rowChunks } from './read/row-chunks.ts';
export { type TallyState, tally } from './read/tally.ts';
export type { RawConversation, RawLog, RawRecord, RawScore, RawSpan } from './record.ts';
export { absentColumn } from './shape/column-map.ts';

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
  if (sources.length === 0) throw new CulpritError('empty_input', 'no files to read');
  const assembler = traceAssembler({
    onProblem: (problem) => {
      if (problem.code === 'repeated_trace') counted.remark(problem);
      else counted.problem(problem);
    },
    quietRecords: QUIET_RECORDS,
  });
  const counts = (traces: readonly Trace[]): readonly Trace[] => {
    for (const trace of traces) counted.trace(trace);
    return traces;
  };
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
      for await (const _ of pieces) {
        const traces = reader.take();
        if (traces.length > 0) yield counts(traces);
      }
    } catch (error) {
      if (!isUnusable(error)) throw error;
      unusable ??= error;
      counted.problem({ file: source.name, line: null, code: error.code, message: error.message });
    }
    before += source.size ?? file.bytes;
  }
  reader.end();
  const last = [...reader.take(), ...assembler.end()];
  if (last.length > 0) yield counts(last);
  const absent = absentColumn(options.map, roles.noted());
  if (absent !== null && (counted.traceCount() > 0 || roles.noted().length > 0)) throw absent;
  if (counted.traceCount() > 0) return;
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
