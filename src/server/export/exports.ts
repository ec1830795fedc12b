import type { StoredTrace, TelemetryStore, TraceFilter } from '../../store/telemetry/telemetry.ts';
import { type LeftOut, leftOut } from './left-out.ts';
import { otlpLines } from './otlp-lines.ts';
import { parquetFile } from './parquet-file.ts';
import { recordLines } from './record-lines.ts';

export const EXPORT_FORMATS = ['jsonl', 'otlp', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How an export went. */
interface ExportState {
  readonly project: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly traces: number;
  readonly records: number;
  /** What the format cannot hold. */
  readonly leftOut: readonly { readonly what: string; readonly count: number }[];
}

/** Exports of stored traces, and how the last hundred of them went. */
export interface Exports {
  /** The bytes of the export, made as they are asked for. */
  start(
    filter: TraceFilter,
    format: ExportFormat,
  ): { readonly id: string; readonly bytes: AsyncGenerator<Uint8Array> };
  /** Null for one that is not known. */
  state(id: string): ExportState | null;
}

interface Export {
  readonly project: string;
  state: ExportState['state'];
  traces: number;
  records: number;
  readonly left: LeftOut;
}

const REMEMBERED = 100;

export function exports({ stream }: Pick<TelemetryStore, 'stream'>, newId: () => string): Exports {
  const known = new Map<string, Export>();

  async function* counted(filter: TraceFilter, made: Export): AsyncGenerator<StoredTrace> {
    for await (const trace of stream(filter)) {
      if (trace.traceId !== '') made.traces++;
      made.records += trace.records.length;
      yield trace;
    }
  }

  async function* bytesOf(
    filter: TraceFilter,
    format: ExportFormat,
    made: Export,
  ): AsyncGenerator<Uint8Array> {
    let isWhole = false;
    try {
      const traces = counted(filter, made);
      if (format === 'parquet') yield* parquetFile(traces);
      else
        yield* joined(
          traces,
          format === 'otlp' ? (trace) => otlpLines(trace, made.left) : recordLines,
        );
      isWhole = true;
    } finally {
      made.state = isWhole ? 'done' : 'failed';
    }
  }

  return {
    start(filter, format) {
      const id = newId();
      const { project } = filter;
      const made: Export = { project, state: 'running', traces: 0, records: 0, left: leftOut() };
      known.set(id, made);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      return { id, bytes: bytesOf(filter, format, made) };
    },
    state(id) {
      const found = known.get(id);
      if (found === undefined) return null;
      const { left, ...rest } = found;
      return { ...rest, leftOut: left.list() };
    },
  };
}

/** Lines in pieces. */
async function* joined(
  traces: AsyncIterable<StoredTrace>,
  linesOf: (trace: StoredTrace) => Iterable<string>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const trace of traces) {
    for (const line of linesOf(trace)) text += `${line}\n`;
    if (text.length < PIECE) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

const PIECE = 1 << 18;
