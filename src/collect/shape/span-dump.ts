import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import type { RawSpan } from '../record.ts';
import { flatAttributes } from './flatten.ts';
import type { Shape } from './shape.ts';
import { filled, parentIdOf, rawSpan, spanIdOf, spanRecord, statusOf, traceIdOf } from './span.ts';
import { timeOf, timeOfNanoseconds } from './time.ts';

const readableSpan: Shape = {
  format: 'otel-js-span',
  clues: ['spanContext', '_spanContext'],
  matches: (value) => isRecord(value['spanContext']) || isRecord(value['_spanContext']),
  read: (value) => [spanRecord(fromReadableSpan(value))],
};

/** What the console exporter of OpenTelemetry for JavaScript prints. */
const consoleSpan: Shape = {
  format: 'otel-js-console',
  clues: ['duration'],
  matches: (value) =>
    'traceId' in value && 'id' in value && 'timestamp' in value && 'duration' in value,
  read: (value) => [spanRecord(fromConsole(value))],
};

const contextSpan: Shape = {
  format: 'phoenix-span',
  clues: ['context'],
  matches: (value) => isContextSpan(value) && 'span_kind' in value,
  read: (value) => [spanRecord(fromContext(value))],
};

const pythonSpan: Shape = {
  format: 'otel-python-span',
  clues: ['context'],
  matches: (value) =>
    isContextSpan(value) && ('parent' in value || 'parent_id' in value || 'kind' in value),
  read: (value) => [spanRecord(fromContext(value))],
};

export const spanDumpShapes: readonly Shape[] = [
  readableSpan,
  contextSpan,
  pythonSpan,
  consoleSpan,
];

function isContextSpan(value: JsonObject): boolean {
  const { context } = value;
  return 'name' in value && isRecord(context) && ('trace_id' in context || 'span_id' in context);
}

function fromReadableSpan(value: JsonObject): RawSpan {
  const context = recordOf(value['spanContext'] ?? value['_spanContext']);
  const status = recordOf(value['status']);
  const parent = recordOf(value['parentSpanContext']);
  return rawSpan({
    traceId: traceIdOf(context['traceId']),
    spanId: spanIdOf(context['spanId']),
    parentId: parentIdOf(parent['spanId'] ?? value['parentSpanId'] ?? value['parentId']),
    name: stringOf(value['name']) ?? '',
    startTime: timeOf(value['startTime']),
    endTime: timeOf(value['endTime']),
    statusCode: statusOf(status['code']),
    statusMessage: stringOf(status['message']) ?? '',
    attributes: recordOf(value['attributes']),
    resource: attributesIn(value['resource']),
    scope: scopeOf(value),
    events: eventsOf(value['events']),
    links: linksOf(value['links']),
    droppedAttributes: numberOf(value['droppedAttributesCount']) ?? 0,
  });
}

function fromConsole(value: JsonObject): RawSpan {
  const start = timeOf(value['timestamp']);
  const status = recordOf(value['status']);
  return rawSpan({
    traceId: traceIdOf(value['traceId']),
    spanId: spanIdOf(value['id']),
    parentId: parentIdOf(recordOf(value['parentSpanContext'])['spanId'] ?? value['parentId']),
    name: stringOf(value['name']) ?? '',
    startTime: start,
    endTime: start === null ? null : start + (numberOf(value['duration']) ?? 0) / 1000,
    statusCode: statusOf(status['code']),
    statusMessage: stringOf(status['message']) ?? '',
    attributes: recordOf(value['attributes']),
    resource: attributesIn(value['resource']),
    scope: scopeOf(value),
    events: eventsOf(value['events']),
  });
}

/** Phoenix, OpenTelemetry for Python, Logfire: `{name, context: {trace_id, span_id}, parent_id, …}`. */
export function fromContext(value: JsonObject): RawSpan {
  const context = recordOf(value['context']);
  const status = recordOf(value['status']);
  // Integers are nanoseconds here, however small (test dumps count from zero).
  const time = (at: Json | undefined) =>
    typeof at === 'number' ? timeOfNanoseconds(at) : timeOf(at);
  return rawSpan({
    traceId: traceIdOf(context['trace_id']),
    spanId: spanIdOf(context['span_id']),
    parentId: parentIdOf(value['parent_id'] ?? recordOf(value['parent'])['span_id']),
    name: stringOf(value['name']) ?? '',
    startTime: time(value['start_time']),
    endTime: time(value['end_time']),
    statusCode: statusOf(pick(status, 'status_code') ?? value['status_code']),
    statusMessage: stringOf(pick(status, 'description') ?? value['status_message']) ?? '',
    attributes: filled({
      'openinference.span.kind': spanKind(value['span_kind']),
      ...flatAttributes(recordOf(value['attributes'])),
    }),
    resource: attributesIn(value['resource']),
    scope: scopeOf(value),
    events: eventsOf(value['events']),
    links: linksOf(value['links']),
  });
}

function spanKind(value: Json | undefined): string | null {
  const kind = stringOf(value);
  return kind === null || kind === 'UNKNOWN' ? null : kind;
}

function scopeOf(value: JsonObject): string {
  const scope = pick(value, 'instrumentationScope', 'instrumentationLibrary', 'scope');
  return stringOf(scope) ?? stringOf(recordOf(scope)['name']) ?? '';
}

function attributesIn(resource: Json | undefined): JsonObject {
  const record = recordOf(resource);
  return isRecord(record['attributes']) ? record['attributes'] : recordOf(record['_attributes']);
}

function eventsOf(value: Json | undefined): RawSpan['events'] {
  if (!isList(value)) return [];
  return value.filter(isRecord).map((event) => ({
    name: stringOf(event['name']) ?? '',
    time: timeOf(pick(event, 'time', 'timestamp')),
    attributes: recordOf(event['attributes']),
  }));
}

function linksOf(value: Json | undefined): RawSpan['links'] {
  if (!isList(value)) return [];
  return value.filter(isRecord).map((link) => {
    const context = recordOf(link['context']);
    return {
      traceId: traceIdOf(pick(context, 'traceId', 'trace_id')),
      spanId: spanIdOf(pick(context, 'spanId', 'span_id')),
    };
  });
}
