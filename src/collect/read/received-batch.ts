import { CulpritError } from '../../contract/culprit-error.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { readMultipart } from '../container/multipart.ts';
import type { OnProblem, RawRecord } from '../record.ts';
import { langfuseShapes } from '../shape/langfuse.ts';
import { langsmithShapes } from '../shape/langsmith.ts';
import type { Shape, ShapeContext } from '../shape/shape.ts';

/** A record of a request; a part is one of several records of its span, which arrive in any number of requests. */
export interface ReceivedRecord {
  readonly record: RawRecord;
  readonly isPart: boolean;
}

const SHAPES: readonly Shape[] = [...langsmithShapes, ...langfuseShapes];

/** The records of a request in the format of Langfuse or LangSmith. Anything else is the problem `unknown_shape`. */
export function receivedBatch(value: Json, onProblem: OnProblem): ReceivedRecord[] {
  const received: ReceivedRecord[] = [];
  const context: ShapeContext = {
    onProblem,
    file: 'request',
    hold: (_, part, read) => {
      for (const record of read(part)) received.push({ record, isPart: true });
    },
    gather: (_, part, read) => {
      for (const record of read([part])) received.push({ record, isPart: true });
    },
  };
  const shape = isRecord(value) ? SHAPES.find((each) => each.matches(value)) : undefined;
  if (shape === undefined) {
    onProblem('unknown_shape', 'neither runs nor events nor scores');
    return [];
  }
  try {
    for (const record of shape.read(value as JsonObject, context))
      received.push({ record, isPart: false });
  } catch (error) {
    if (error instanceof CulpritError) throw error;
    onProblem('unreadable_record', `not read: ${String(error).slice(0, 200)}`);
  }
  return received.filter(({ record }) => hasIds(record, onProblem));
}

/** A LangSmith multipart body as the values in it. */
export function receivedParts(bytes: Uint8Array, onProblem: OnProblem): Json[] {
  const values: Json[] = [];
  readMultipart(bytes, {
    value: (value) => values.push(value),
    broken: (code, message) => onProblem(code, message),
    remark: () => {},
    message: () => {},
  });
  return values;
}

function hasIds(record: RawRecord, onProblem: OnProblem): boolean {
  if (record.kind !== 'span') return true;
  const { traceId, spanId } = record.span;
  if (traceId !== '' && spanId !== '') return true;
  onProblem('bad_span', 'a span without an id');
  return false;
}
