import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { Origin, Trace } from '../contract/trace.ts';
import type { ColumnRoles } from './column-map.ts';
import { jsonLines } from './container/json-lines.ts';
import { jsonValues } from './container/json-values.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from './container/sink.ts';
import { isRecord } from './json-value.ts';
import { decodeOtlpProtobuf } from './otlp/decode-protobuf.ts';
import type { RawRecord } from './raw-span.ts';
import type { FileTally, Tally } from './report.ts';
import type { ShapeContext } from './shape/shape.ts';
import { keysOf, objectsOf, sniffer } from './sniff.ts';
import { type ContainerKind, sniffBytes } from './sniff-bytes.ts';
import type { TraceAssembler } from './trace-assembler.ts';

export interface FileReader {
  /** Traces that became complete while reading one source. `onChunk` is told the bytes read so far. */
  read(source: ByteSource, onChunk: (bytes: number) => void): AsyncGenerator<readonly Trace[]>;
  /** Traces of what was held back until the other parts came. */
  end(): readonly Trace[];
}

export interface FileReaderParts {
  readonly assembler: TraceAssembler;
  readonly counted: Tally;
  readonly roles: ColumnRoles;
  readonly mapped: boolean;
}

const HEAD_BYTES = 64 * 1024;
const MAX_HEAD = 64 * MEBIBYTE;
const MAX_HELD = 20_000;

interface Held {
  readonly part: JsonObject;
  readonly read: (whole: JsonObject) => readonly RawRecord[];
  readonly origin: Origin;
}

export function fileReader({ assembler, counted, roles, mapped }: FileReaderParts): FileReader {
  const { shapeOf } = sniffer(roles, mapped);
  const held = new Map<string, Held>();
  let ready: Trace[] = [];

  const add = (records: readonly RawRecord[], origin: Origin) => {
    for (const record of records) {
      for (const trace of assembler.add(record, origin)) ready.push(trace);
    }
  };
  const release = (key: string, { part, read, origin }: Held) => {
    held.delete(key);
    add(read(part), origin);
  };
  const take = (): readonly Trace[] => {
    const traces = ready;
    ready = [];
    return traces;
  };

  /** Turns the values of one file into records. */
  const sinkOf = (file: FileTally, state: FileState): Sink => {
    const broken = (code: string, message: string, line: number | null) => {
      file.broken++;
      counted.problem({ file: file.name, line, code, message });
    };
    const origins = new Map<string, Origin>();
    const originOf = (format: string, line: number | null): Origin => {
      if (line !== null) return { file: file.name, format, line };
      let origin = origins.get(format);
      if (origin === undefined) {
        origin = { file: file.name, format, line };
        origins.set(format, origin);
      }
      return origin;
    };
    let origin = originOf('', null);
    let line: number | null = null;
    const context: ShapeContext = {
      onProblem: (code, message) => {
        if (code === 'unknown_shape') state.unknown ??= message;
        broken(code, message, line);
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
    };

    const object = (value: JsonObject, at: number | null) => {
      file.records++;
      line = at;
      const shape = shapeOf(value);
      if (shape === null) {
        context.onProblem('unknown_shape', `an object of no known shape, with ${keysOf(value)}`);
        return;
      }
      const format = state.suffix === '' ? shape.format : `${shape.format} (${state.suffix})`;
      origin = originOf(format, at);
      const unknown = state.unknown;
      add(shape.read(value, context), origin);
      if (state.unknown === unknown) {
        state.understood++;
        file.formats.set(format, (file.formats.get(format) ?? 0) + 1);
      }
    };

    return {
      value(value: Json, at) {
        for (const item of objectsOf(value)) {
          if (isRecord(item)) object(item, at);
          else broken('not_an_object', `a ${typeof item} where an object is expected`, at);
        }
      },
      message(bytes) {
        file.records++;
        line = null;
        const records = decodeOtlpProtobuf(bytes, context.onProblem);
        const signal = records[0]?.kind === 'log' ? 'logs' : 'traces';
        const format = `otlp-protobuf (${signal})`;
        file.formats.set(format, (file.formats.get(format) ?? 0) + 1);
        add(records, originOf(format, null));
      },
      broken,
    };
  };

  async function* read(source: ByteSource, onChunk: (bytes: number) => void) {
    const file = counted.file(source.name);
    const state: FileState = { suffix: '', understood: 0, unknown: null };
    const sink = sinkOf(file, state);
    const store = byteStore();
    let container: Container | null = null;

    const begin = (): Container => {
      const head = store.take();
      const sniffed = sniffBytes(head);
      if (sniffed.kind === 'empty') {
        throw new CulpritError('empty_input', `${source.name} is empty`);
      }
      if (sniffed.kind === 'unknown') throw unknownFormat(source.name, sniffed.seen);
      state.suffix = '';
      const begun = containerOf(sniffed.kind, sink);
      begun.push(head.subarray(sniffed.skip));
      return begun;
    };

    for await (const chunk of source.open()) {
      file.bytes += chunk.length;
      onChunk(file.bytes);
      if (container !== null) {
        container.push(chunk);
      } else {
        store.add(chunk);
        if (store.size() < HEAD_BYTES) continue;
        if (chunk.indexOf(10) < 0 && store.size() < MAX_HEAD) continue;
        container = begin();
      }
      yield take();
    }
    container ??= begin();
    container.end();
    if (state.understood === 0 && state.unknown !== null) {
      throw unknownFormat(source.name, state.unknown);
    }
    yield take();
  }

  return {
    read,
    end() {
      for (const entry of held) release(...entry);
      return take();
    },
  };
}

interface FileState {
  suffix: string;
  understood: number;
  unknown: string | null;
}

function containerOf(kind: ContainerKind, sink: Sink): Container {
  switch (kind) {
    case 'json-lines':
      return jsonLines(sink);
    case 'json-values':
      return jsonValues(sink);
    default:
      throw new Error(kind);
  }
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

function unknownFormat(name: string, seen: string): CulpritError {
  return new CulpritError(
    'unknown_format',
    `${name}: not a trace format that is known: ${seen}. If it is a table or JSON Lines, name its columns: ` +
      '--map input=COLUMN,output=COLUMN. The formats that are read are in docs/formats.md',
  );
}
