import { CulpritError } from '../../contract/culprit-error.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { Origin, Trace } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import type { TraceAssembler } from '../assemble/trace-assembler.ts';
import type { Sink } from '../container/sink.ts';
import { decodeOtlpProtobuf } from '../otlp/decode-protobuf.ts';
import type { RawRecord } from '../record.ts';
import type { ColumnRoles } from '../shape/column-map.ts';
import type { ShapeContext } from '../shape/shape.ts';
import { givenAnalysis } from './given-analysis.ts';
import { withPythonCells } from './python-cell.ts';
import { type RecognizedShape, sniffer } from './sniff.ts';
import type { FileTally, Tally } from './tally.ts';
import type { UnreadFields } from './unread-fields.ts';

/** Turns the values of containers into records, and records into traces. */
export interface RecordReader {
  /** For one file. `suffix` names the container when it is not JSON: `csv`, `parquet`. */
  sink(file: FileTally, suffix: string): FileSink;
  /** Traces that became complete since the last call. */
  take(): readonly Trace[];
  /** Whether objects are waiting for their other parts. */
  isWaiting(): boolean;
  /** Reads the objects that were waiting for their other parts. */
  end(): void;
}

interface FileSink extends Sink {
  /** Description of the first object that no shape could read; null when there was none or others were read. */
  readonly unknown: () => string | null;
}

export interface RecordReaderParts {
  readonly assembler: TraceAssembler;
  readonly counted: Tally;
  readonly roles: ColumnRoles;
  readonly mapped: boolean;
  /** Told of every object, where somebody wants to know what readers leave out. */
  readonly unread?: UnreadFields;
}

const MAX_HELD = 20_000;

/** Parts of unfinished runs kept at most, over all runs. */
const MAX_GATHERED = 500_000;

interface Gathered {
  readonly parts: JsonObject[];
  readonly read: (parts: readonly JsonObject[]) => readonly RawRecord[];
  readonly origin: Origin;
}

interface Held {
  readonly part: JsonObject;
  readonly read: (whole: JsonObject) => readonly RawRecord[];
  readonly origin: Origin;
}

export function recordReader(parts: RecordReaderParts): RecordReader {
  const { assembler, counted } = parts;
  const sniff = sniffer(parts.roles, parts.mapped);
  const held = new Map<string, Held>();
  const gathered = new Map<string, Gathered>();
  let partCount = 0;
  let ready: Trace[] = [];

  const add = (records: readonly RawRecord[], origin: Origin) => {
    for (const record of records) {
      for (const trace of assembler.add(record, origin)) ready.push(trace);
    }
  };
  const addWhole = (read: () => readonly RawRecord[], origin: Origin) => {
    try {
      add(read(), origin);
    } catch (error) {
      if (error instanceof CulpritError) throw error;
      const { file, line } = origin;
      const message = `not read: ${(error as Error).message}`;
      counted.problem({ file, line, code: 'unreadable_record', message });
    }
  };
  const release = (key: string, { part, read, origin }: Held) => {
    held.delete(key);
    addWhole(() => read(part), origin);
  };

  const finish = (key: string, { parts, read, origin }: Gathered) => {
    gathered.delete(key);
    partCount -= parts.length;
    addWhole(() => read(parts), origin);
  };

  const sink = (file: FileTally, suffix: string): FileSink => {
    let understood = 0;
    let unknown: string | null = null;
    let misses = 0;
    let origin: Origin = { file: file.name, format: '', line: null };

    const broken = (code: string, message: string, line: number | null) => {
      file.broken++;
      counted.problem({ file: file.name, line, code, message });
    };
    const remark = (code: string, message: string, line: number | null) => {
      counted.remark({ file: file.name, line, code, message });
    };
    const context: ShapeContext = {
      onProblem: (code, message) => {
        if (code === 'unknown_shape') {
          unknown ??= message;
          misses++;
        }
        broken(code, message, origin.line);
      },
      hold: (key, part, read) => {
        const before = held.get(key);
        held.set(key, {
          part: before ? mergedParts(before.part, part) : part,
          read,
          origin: before?.origin ?? origin,
        });
        if (held.size <= MAX_HELD) return;
        const [oldest] = held;
        if (oldest) release(...oldest);
      },
      gather: (key, part, read) => {
        const before = gathered.get(key);
        if (before === undefined) gathered.set(key, { parts: [part], read, origin });
        else before.parts.push(part);
        if (++partCount <= MAX_GATHERED) return;
        const [oldest] = gathered;
        if (oldest) finish(...oldest);
      },
      file: file.name,
    };
    const begin = (format: string, line: number | null) => {
      if (line !== null || origin.format !== format) origin = { file: file.name, format, line };
      file.records++;
    };
    const done = (format: string) => {
      understood++;
      file.formats.set(format, (file.formats.get(format) ?? 0) + 1);
    };

    const object = (value: JsonObject, shape: RecognizedShape, line: number | null) => {
      const format = suffix === '' ? shape.format : `${shape.format} (${suffix})`;
      begin(format, line);
      const missed = misses;
      try {
        add(shape.read(value, context), origin);
      } catch (error) {
        if (error instanceof CulpritError) throw error;
        context.onProblem('unreadable_record', `not read: ${reasonOf(error)}`);
        return;
      }
      if (misses !== missed) return;
      done(format);
      parts.unread?.object(value, shape);
    };

    return {
      unknown: () => (understood === 0 ? unknown : null),
      broken,
      remark,
      value(value: Json, line) {
        const analysis = suffix === '' ? givenAnalysis(file.name, value) : null;
        if (analysis !== null) throw analysis;
        const row =
          suffix === 'csv' && isRecord(value) ? withPythonCells(value, parts.roles) : value;
        for (const found of sniff.objectsIn(row)) {
          if (found.shape !== null) object(found.value, found.shape, line);
          else broken('not_an_object', `${kindOf(found.value)} where an object is expected`, line);
        }
      },
      message(bytes) {
        begin('otlp-protobuf', null);
        let records: readonly RawRecord[];
        try {
          records = decodeOtlpProtobuf(bytes, context.onProblem);
        } catch (error) {
          broken('bad_protobuf', `a message cannot be read: ${reasonOf(error)}`, null);
          return;
        }
        const format = `otlp-protobuf (${records[0]?.kind === 'log' ? 'logs' : 'traces'})`;
        origin = { file: file.name, format, line: null };
        add(records, origin);
        done(format);
      },
    };
  };

  return {
    sink,
    take() {
      const traces = ready;
      if (traces.length > 0) ready = [];
      return traces;
    },
    isWaiting: () => held.size + gathered.size > 0,
    end() {
      for (const entry of held) release(...entry);
      for (const entry of gathered) finish(...entry);
    },
  };
}

function mergedParts(first: JsonObject, later: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...first };
  for (const [key, value] of Object.entries(later)) {
    if (value === null || value === undefined || value === '') continue;
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
  }
  return merged;
}

/** Short, whatever a library puts into its messages. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, MESSAGE);
const MESSAGE = 200;

function kindOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
