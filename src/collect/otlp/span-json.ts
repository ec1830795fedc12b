import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { identifier } from '../json/identifier.ts';
import { numberOf, textOf } from '../json/json-value.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import { attributesOfJson } from './any-value-json.ts';
import { attributeBag } from './attribute-bag.ts';

/** One span object of OTLP/JSON; missing or malformed ids are ''. */
export function spanOfJson(span: JsonObject, resource: JsonObject, scope: string): RawSpan {
  const bag = attributesOfJson(span['attributes'], attributeBag());
  const status = isRecord(span['status']) ? span['status'] : NO_STATUS;
  const parent = identifier(span['parentSpanId'] ?? span['parent_span_id'], 8);
  return {
    traceId: identifier(span['traceId'] ?? span['trace_id'], 16),
    spanId: identifier(span['spanId'] ?? span['span_id'], 8),
    parentId: parent === '' ? null : parent,
    name: textOf(span['name']),
    startTime: timeOfNanos(span['startTimeUnixNano'] ?? span['start_time_unix_nano']),
    endTime: timeOfNanos(span['endTimeUnixNano'] ?? span['end_time_unix_nano']),
    statusCode: statusCodeOf(status['code']),
    statusMessage: textOf(status['message']),
    attributes: bag.values,
    resource,
    scope,
    events: eventsOf(span['events']),
    links: linksOf(span['links']),
    droppedAttributes:
      numberOf(span['droppedAttributesCount'] ?? span['dropped_attributes_count']) ?? 0,
    refusedKeys: bag.refused,
  };
}

/** Epoch milliseconds of a nanosecond count as text or number; null for 0 and for anything that is not a time. */
export function timeOfNanos(value: unknown): number | null {
  if (typeof value === 'number') return value > 0 ? value / 1e6 : null;
  if (typeof value !== 'string' || value === '' || value === '0') return null;
  if (!DIGITS.test(value)) {
    const time = Date.parse(value);
    return Number.isNaN(time) ? null : time;
  }
  const milliseconds = Number(value.slice(0, -6));
  const nanos = Number(value.slice(-6));
  return milliseconds === 0 && nanos === 0 ? null : milliseconds + nanos / 1e6;
}

const DIGITS = /^\d{1,20}$/;
const NO_STATUS: JsonObject = {};
const NO_EVENTS: readonly RawEvent[] = [];

function eventsOf(value: Json | undefined): readonly RawEvent[] {
  if (!isList(value) || value.length === 0) return NO_EVENTS;
  return value.filter(isRecord).map((event) => ({
    name: textOf(event['name']),
    time: timeOfNanos(event['timeUnixNano'] ?? event['time_unix_nano']),
    attributes: attributesOfJson(event['attributes'], attributeBag()).values,
  }));
}

const NO_LINKS: RawSpan['links'] = [];

function linksOf(value: Json | undefined): RawSpan['links'] {
  if (!isList(value) || value.length === 0) return NO_LINKS;
  return value.filter(isRecord).map((link) => ({
    traceId: identifier(link['traceId'] ?? link['trace_id'], 16),
    spanId: identifier(link['spanId'] ?? link['span_id'], 8),
  }));
}

/** Status code as number, number text, or enum name. */
function statusCodeOf(code: Json | undefined): RawSpan['statusCode'] {
  switch (code) {
    case 2:
    case '2':
    case 'STATUS_CODE_ERROR':
    case 'ERROR':
    case 'Error':
      return 'error';
    case 1:
    case '1':
    case 'STATUS_CODE_OK':
    case 'OK':
    case 'Ok':
      return 'ok';
    default:
      return 'unset';
  }
}
