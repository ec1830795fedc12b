import type { JsonObject } from '../../contract/json.ts';
import type { OnProblem, RawRecord } from '../record.ts';
import { readAttribute } from './any-value-protobuf.ts';
import { attributeBag } from './attribute-bag.ts';
import { addSpan, type DecodedRecords, decodedRecords, reportBadSpans } from './decoded-records.ts';
import { readLog } from './log-protobuf.ts';
import { recordSignal } from './record-signal.ts';
import { readSpan } from './span-protobuf.ts';
import {
  LENGTH,
  readLength,
  readTag,
  skipField,
  WireError,
  type WireReader,
  wireReader,
} from './wire-reader.ts';
import { readText } from './wire-text.ts';

/**
 * Spans or logs of one ExportTraceServiceRequest or ExportLogsServiceRequest. The two share field
 * numbers; the fields of their records tell which it is. A body that breaks the wire format is
 * reported as `bad_protobuf` and gives the records before the fault; spans without valid ids are reported as `bad_span`.
 */
export function decodeOtlpProtobuf(bytes: Uint8Array, onProblem: OnProblem): RawRecord[] {
  const state: State = { ...decodedRecords(), signal: null };
  try {
    readRequest(wireReader(bytes), bytes.length, state);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    onProblem(
      'bad_protobuf',
      `not a whole OTLP request: ${error.message} of ${bytes.length}; ${state.records.length} records were read before`,
    );
  }
  reportBadSpans(state, onProblem);
  return state.records;
}

interface State extends DecodedRecords {
  signal: 'span' | 'log' | null;
}

const FIRST = (1 << 3) | LENGTH;
const SECOND = (2 << 3) | LENGTH;

function readRequest(reader: WireReader, end: number, state: State): void {
  while (reader.position < end) {
    const tag = readTag(reader, end);
    if (tag === FIRST) readResource(reader, readLength(reader, end), state);
    else skipField(reader, tag & 7, end);
  }
}

/** ResourceSpans or ResourceLogs. The resource may follow its spans on the wire, so it is read first. */
function readResource(reader: WireReader, stop: number, state: State): void {
  const start = reader.position;
  const bag = attributeBag();
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === FIRST) {
      const end = readLength(reader, stop);
      while (reader.position < end) {
        const inner = readTag(reader, end);
        if (inner === FIRST) readAttribute(reader, end, bag, 0);
        else skipField(reader, inner & 7, end);
      }
    } else skipField(reader, tag & 7, stop);
  }
  reader.position = start;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === SECOND) readScope(reader, readLength(reader, stop), bag.values, state);
    else skipField(reader, tag & 7, stop);
  }
}

function readScope(reader: WireReader, stop: number, resource: JsonObject, state: State): void {
  const start = reader.position;
  let scope = '';
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === FIRST) {
      const end = readLength(reader, stop);
      while (reader.position < end) {
        const inner = readTag(reader, end);
        if (inner === FIRST) scope = readText(reader, end);
        else skipField(reader, inner & 7, end);
      }
    } else skipField(reader, tag & 7, stop);
  }
  reader.position = start;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === SECOND) readRecord(reader, readLength(reader, stop), resource, scope, state);
    else skipField(reader, tag & 7, stop);
  }
}

function readRecord(
  reader: WireReader,
  stop: number,
  resource: JsonObject,
  scope: string,
  state: State,
): void {
  state.signal ??= recordSignal(reader, stop);
  if (state.signal === 'log') {
    state.records.push({ kind: 'log', log: readLog(reader, stop, resource) });
    return;
  }
  addSpan(state, readSpan(reader, stop, resource, scope));
}
