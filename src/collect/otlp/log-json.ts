import type { JsonObject } from '../../contract/json.ts';
import { identifier } from '../json/identifier.ts';
import { textOf } from '../json/json-value.ts';
import type { RawLog } from '../record.ts';
import { anyValueOfJson, attributesOfJson } from './any-value-json.ts';
import { attributeBag } from './attribute-bag.ts';
import { timeOfNanos } from './span-json.ts';

/** One log record object of OTLP/JSON. */
export function logOfJson(record: JsonObject, resource: JsonObject): RawLog {
  const attributes = attributesOfJson(record['attributes'], attributeBag()).values;
  const traceId = identifier(record['traceId'] ?? record['trace_id'], 16);
  const spanId = identifier(record['spanId'] ?? record['span_id'], 8);
  const name = textOf(record['eventName'] ?? record['event_name']);
  return {
    traceId: traceId === '' ? null : traceId,
    spanId: spanId === '' ? null : spanId,
    name: name === '' ? textOf(attributes['event.name']) : name,
    time:
      timeOfNanos(record['timeUnixNano'] ?? record['time_unix_nano']) ??
      timeOfNanos(record['observedTimeUnixNano'] ?? record['observed_time_unix_nano']),
    body: anyValueOfJson(record['body'], 0),
    attributes,
    resource,
  };
}
