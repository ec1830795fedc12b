import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord, parseJson } from '../../text/json.ts';
import { numberOf, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import { recordsIn } from './run.ts';
import type { Shape } from './shape.ts';
import { filled, parentIdOf, rawSpan, spanIdOf, spanRecord, statusOf, traceIdOf } from './span.ts';

/** A span as Zipkin's API takes and gives it (v2): attributes are tags, all of them text. */
export const zipkinShape: Shape = {
  format: 'zipkin',
  clues: ['traceId'],
  matches: (value) =>
    'traceId' in value &&
    'id' in value &&
    !('attributes' in value) &&
    (isRecord(value['tags']) || isRecord(value['localEndpoint'])),
  read: (value) => [spanRecord(fromZipkin(value))],
};

function fromZipkin(value: JsonObject): RawSpan {
  const { error, ...tags } = recordOf(value['tags']);
  const start = (numberOf(value['timestamp']) ?? 0) / 1000;
  const status = stringOf(tags['otel.status_code'] ?? tags['ot.status_code']);
  const message = error === undefined || error === 'true' ? '' : textOf(error);
  return rawSpan({
    traceId: traceIdOf(value['traceId']),
    spanId: spanIdOf(value['id']),
    parentId: parentIdOf(value['parentId']),
    name: stringOf(value['name']) ?? '',
    startTime: start > 0 ? start : null,
    endTime: start > 0 ? start + (numberOf(value['duration']) ?? 0) / 1000 : null,
    statusCode: error !== undefined ? 'error' : statusOf(status),
    statusMessage: message || textOf(tags['otel.status_description']),
    attributes: Object.fromEntries(Object.entries(tags).map(([key, tag]) => [key, tagValue(tag)])),
    resource: filled({ 'service.name': recordOf(value['localEndpoint'])['serviceName'] }),
    scope: textOf(tags['otel.scope.name'] ?? tags['otel.library.name']),
    events: recordsIn(value['annotations']).map(eventOf),
  });
}

/** Lists are written as JSON text; text that only looks like JSON stays text. */
const tagValue = (tag: Json | undefined): Json =>
  typeof tag === 'string' && tag.startsWith('["') ? structured(tag) : (tag ?? null);

/** An event's name, or as OpenTelemetry writes it with its attributes: `{"name": {…}}`. */
function eventOf(annotation: JsonObject): RawEvent {
  const text = textOf(annotation['value']);
  const time = (numberOf(annotation['timestamp']) ?? 0) / 1000;
  const held = text.startsWith('{') ? parseJson(text) : undefined;
  const [entry] = isRecord(held) ? Object.entries(held) : [];
  return {
    name: entry?.[0] ?? text,
    time: time > 0 ? time : null,
    attributes: isRecord(entry?.[1]) ? entry[1] : {},
  };
}
