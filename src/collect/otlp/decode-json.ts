import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { textOf } from '../json/json-value.ts';
import type { OnProblem, RawRecord } from '../record.ts';
import { attributesOfJson } from './any-value-json.ts';
import { attributeBag } from './attribute-bag.ts';
import {
  addSpan,
  type DecodedRecords,
  decodedRecords,
  reportBadSpans,
  reportMisshapen,
} from './decoded-records.ts';
import { logOfJson } from './log-json.ts';
import { spanOfJson } from './span-json.ts';

/**
 * Spans and logs of one parsed OTLP/JSON request, or of a variant that differs only in spelling: snake_case keys, enum names, base64 ids, attributes as a plain object,
 * `instrumentationLibrarySpans`, Tempo's `{batches}` and `{trace: {resourceSpans}}`, Jaeger's
 * `{result: {resourceSpans}}`, Phoenix's `{data: [span]}`, a bare span or a list of spans.
 * Spans without ids are reported as `bad_span` and left out, what is no list of objects where one belongs as `misshapen`; hostile keys
 * are counted in `refusedKeys`.
 */
export function decodeOtlpJson(value: Json, onProblem: OnProblem): RawRecord[] {
  const decoded = decodedRecords();
  decodeValue(value, decoded, 0);
  reportBadSpans(decoded, onProblem);
  reportMisshapen(decoded, onProblem);
  return decoded.records;
}

const MAX_DEPTH = 4;

function decodeValue(value: Json, into: DecodedRecords, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (isList(value)) {
    for (const item of value) decodeValue(item, into, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const spans = value['resourceSpans'] ?? value['resource_spans'] ?? value['batches'];
  const logs = value['resourceLogs'] ?? value['resource_logs'];
  if (spans !== undefined || logs !== undefined) {
    eachRecord(spans, 'resourceSpans', into, (entry) => decodeResourceSpans(entry, into));
    eachRecord(logs, 'resourceLogs', into, (entry) => decodeResourceLogs(entry, into));
    return;
  }
  if (isScopeHolder(value)) {
    decodeResourceSpans(value, into);
    return;
  }
  const inner = value['trace'] ?? value['result'] ?? value['data'] ?? value['spans'];
  if (typeof inner === 'object' && inner !== null) decodeValue(inner, into, depth + 1);
  else addSpan(into, spanOfJson(value, NO_ATTRIBUTES, ''));
}

const NO_ATTRIBUTES: JsonObject = {};
const SCOPE_KEYS = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
] as const;

const isScopeHolder = (value: JsonObject): boolean => SCOPE_KEYS.some((key) => key in value);

function decodeResourceSpans(entry: JsonObject, into: DecodedRecords): void {
  const resource = resourceOf(entry);
  for (const key of SCOPE_KEYS) {
    eachRecord(entry[key], key, into, (group) => {
      const scope = scopeOf(group);
      eachRecord(group['spans'], 'spans', into, (span) =>
        addSpan(into, spanOfJson(span, resource, scope)),
      );
    });
  }
}

function decodeResourceLogs(entry: JsonObject, into: DecodedRecords): void {
  const resource = resourceOf(entry);
  for (const key of ['scopeLogs', 'scope_logs', 'instrumentationLibraryLogs']) {
    eachRecord(entry[key], key, into, (group) => {
      const records = group['logRecords'] ?? group['log_records'] ?? group['logs'];
      eachRecord(records, 'logRecords', into, (record) => {
        into.records.push({ kind: 'log', log: logOfJson(record, resource) });
      });
    });
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

/** Null is a field that was left out, as in any JSON of protobuf. */
function eachRecord(
  value: Json | undefined,
  place: string,
  { misshapen }: DecodedRecords,
  visit: (record: JsonObject) => void,
): void {
  if (value === undefined || value === null) return;
  const items = isList(value) ? value : [value];
  for (const item of items)
    if (isList(value) && isRecord(item)) visit(item);
    else misshapen.set(place, (misshapen.get(place) ?? 0) + 1);
}
