import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { identifier } from '../json/identifier.ts';
import { numberOf, textOf } from '../json/json-value.ts';
import type { OnProblem, RawEvent, RawLog, RawRecord, RawSpan } from '../record.ts';
import { anyValueOfJson, attributesOfJson } from './any-value-json.ts';
import { attributeBag } from './attribute-bag.ts';
import { badSpans } from './bad-spans.ts';
import { cappedEvents } from './event-cap.ts';
import { timeOfNanos } from './record-time.ts';

/**
 * Spans and logs of one parsed OTLP/JSON request, or of the shapes that differ from it only in
 * spelling: snake_case keys, enum names, base64 ids, attributes as a plain object,
 * `instrumentationLibrarySpans`, Tempo's `{batches}` and `{trace: {resourceSpans}}`, Jaeger's
 * `{result: {resourceSpans}}`, Phoenix's `{data: [span]}`, a bare span or a list of spans.
 * Spans without ids are reported as `bad_span` and left out; hostile keys are counted in `refusedKeys`.
 */
export function decodeOtlpJson(value: Json, onProblem: OnProblem): RawRecord[] {
  const state: State = { records: [], spans: 0, bad: 0 };
  decodeValue(value, state, 0);
  badSpans(state.bad, state.spans, onProblem);
  return state.records;
}

interface State {
  readonly records: RawRecord[];
  spans: number;
  bad: number;
}

const MAX_DEPTH = 4;

function decodeValue(value: Json, state: State, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (isList(value)) {
    for (const item of value) decodeValue(item, state, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const spans = value['resourceSpans'] ?? value['resource_spans'] ?? value['batches'];
  const logs = value['resourceLogs'] ?? value['resource_logs'];
  if (spans !== undefined || logs !== undefined) {
    eachRecord(spans, (entry) => decodeResourceSpans(entry, state));
    eachRecord(logs, (entry) => decodeResourceLogs(entry, state));
    return;
  }
  if (isScopeHolder(value)) {
    decodeResourceSpans(value, state);
    return;
  }
  const inner = value['trace'] ?? value['result'] ?? value['data'] ?? value['spans'];
  if (typeof inner === 'object' && inner !== null) decodeValue(inner, state, depth + 1);
  else decodeSpan(value, NO_ATTRIBUTES, '', state);
}

const NO_ATTRIBUTES: JsonObject = {};
const SCOPE_KEYS = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
] as const;

const isScopeHolder = (value: JsonObject): boolean => SCOPE_KEYS.some((key) => key in value);

function decodeResourceSpans(entry: JsonObject, state: State): void {
  const resource = resourceOf(entry);
  for (const key of SCOPE_KEYS) {
    eachRecord(entry[key], (group) => {
      const scope = scopeOf(group);
      eachRecord(group['spans'], (span) => decodeSpan(span, resource, scope, state));
    });
  }
}

function decodeResourceLogs(entry: JsonObject, state: State): void {
  const resource = resourceOf(entry);
  for (const key of ['scopeLogs', 'scope_logs', 'instrumentationLibraryLogs']) {
    eachRecord(entry[key], (group) => {
      eachRecord(group['logRecords'] ?? group['log_records'] ?? group['logs'], (record) => {
        state.records.push({ kind: 'log', log: logOf(record, resource) });
      });
    });
  }
}

function decodeSpan(span: JsonObject, resource: JsonObject, scope: string, state: State): void {
  state.spans++;
  const raw = spanOf(span, resource, scope);
  if (raw.traceId === '' || raw.spanId === '') state.bad++;
  else state.records.push({ kind: 'span', span: raw });
}

function spanOf(span: JsonObject, resource: JsonObject, scope: string): RawSpan {
  const bag = attributesOfJson(span['attributes'], attributeBag());
  const status = isRecord(span['status']) ? span['status'] : NO_ATTRIBUTES;
  const parent = identifier(span['parentSpanId'] ?? span['parent_span_id'], 8);
  const events = cappedEvents(eventsOf(span['events']));
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
    events,
    links: linksOf(span['links']),
    droppedAttributes:
      numberOf(span['droppedAttributesCount'] ?? span['dropped_attributes_count']) ?? 0,
    refusedKeys: bag.refused,
  };
}

function logOf(record: JsonObject, resource: JsonObject): RawLog {
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

function resourceOf(entry: JsonObject): JsonObject {
  const resource = entry['resource'];
  if (!isRecord(resource)) return NO_ATTRIBUTES;
  return attributesOfJson(resource['attributes'], attributeBag()).values;
}

function scopeOf(group: JsonObject): string {
  const scope =
    group['scope'] ?? group['instrumentationLibrary'] ?? group['instrumentation_library'];
  return isRecord(scope) ? textOf(scope['name']) : '';
}

function eachRecord(value: Json | undefined, visit: (record: JsonObject) => void): void {
  if (!isList(value)) return;
  for (const item of value) if (isRecord(item)) visit(item);
}
