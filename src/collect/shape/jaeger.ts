import type { Json, JsonObject } from '../../contract/json.ts';
import { isPrototypeKey } from '../../text/clean-json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import type { Shape } from './shape.ts';
import { parentIdOf, rawSpan, spanIdOf, spanRecord, statusOf, traceIdOf } from './span.ts';

/** A trace as the Jaeger UI downloads it; the API wraps such traces in `{data: […]}`. */
export const jaegerShape: Shape = {
  format: 'jaeger',
  clues: ['traceID'],
  matches: (value) => 'traceID' in value && isList(value['spans']),
  read: (value) => {
    const processes = recordOf(value['processes']);
    return recordsIn(value['spans']).map((span) => spanRecord(jaegerSpan(span, value, processes)));
  },
};

function jaegerSpan(span: JsonObject, trace: JsonObject, processes: JsonObject): RawSpan {
  const attributes = tagsOf(span['tags']);
  const process = recordOf(processes[stringOf(span['processID']) ?? ''] ?? span['process']);
  const start = (numberOf(span['startTime']) ?? 0) / 1000;
  const status = stringOf(attributes['otel.status_code']);
  const isError = attributes['error'] === true || attributes['error'] === 'true';
  return rawSpan({
    traceId: traceIdOf(span['traceID'] ?? trace['traceID']),
    spanId: spanIdOf(span['spanID']),
    parentId: parentOf(span),
    name: stringOf(span['operationName']) ?? '',
    startTime: start > 0 ? start : null,
    endTime: start > 0 ? start + (numberOf(span['duration']) ?? 0) / 1000 : null,
    statusCode: status !== null ? statusOf(status) : isError ? 'error' : 'unset',
    statusMessage: textOf(attributes['otel.status_description']),
    attributes,
    resource: { 'service.name': process['serviceName'], ...tagsOf(process['tags']) },
    scope: textOf(attributes['otel.scope.name'] ?? attributes['otel.library.name']),
    events: recordsIn(span['logs']).map(eventOf),
  });
}

function parentOf(span: JsonObject): string | null {
  const parent = recordsIn(span['references']).find((each) => each['refType'] === 'CHILD_OF');
  return parentIdOf(parent?.['spanID'] ?? span['parentSpanID']);
}

/** Jaeger writes lists and maps as JSON text; text that only looks like JSON stays text. */
function tagsOf(value: Json | undefined): JsonObject {
  const tags: Record<string, Json> = {};
  for (const tag of recordsIn(value)) {
    const key = stringOf(tag['key']);
    if (key === null || isPrototypeKey(key)) continue;
    const text = tag['value'] ?? null;
    const isWhole = tag['type'] === 'int64' || tag['type'] === 'float64';
    const list = typeof text === 'string' && text.startsWith('["') ? structured(text) : text;
    tags[key] = (isWhole ? numberOf(text) : null) ?? list;
  }
  return tags;
}

function eventOf(log: JsonObject): RawEvent {
  const { event, ...attributes } = tagsOf(log['fields']);
  const time = (numberOf(log['timestamp']) ?? 0) / 1000;
  return { name: textOf(event), time: time > 0 ? time : null, attributes };
}

function recordsIn(value: Json | undefined): JsonObject[] {
  return isList(value) ? value.filter((item): item is JsonObject => isRecord(item)) : [];
}
