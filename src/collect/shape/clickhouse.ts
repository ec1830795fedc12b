import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import type { Shape } from './shape.ts';
import { parentIdOf, rawSpan, spanIdOf, spanRecord, statusOf, traceIdOf } from './span.ts';
import { timeOf } from './time.ts';

/** A row of `otel_traces`, the table of the ClickHouse exporter of the OpenTelemetry Collector; SigNoz and HyperDX keep it. */
const trace: Shape = {
  format: 'clickhouse-traces',
  clues: ['TraceId'],
  matches: (value) => 'TraceId' in value && 'SpanId' in value && 'SpanAttributes' in value,
  read: (value) => [spanRecord(spanOf(value))],
};

/** A row of `otel_logs`. */
const log: Shape = {
  format: 'clickhouse-logs',
  clues: ['TraceId'],
  matches: (value) => 'TraceId' in value && 'LogAttributes' in value,
  read: (value) => {
    const attributes = recordOf(value['LogAttributes']);
    const traceId = traceIdOf(value['TraceId']);
    const spanId = spanIdOf(value['SpanId']);
    return [
      {
        kind: 'log',
        log: {
          traceId: traceId === '' ? null : traceId,
          spanId: spanId === '' ? null : spanId,
          name: stringOf(value['EventName']) ?? stringOf(attributes['event.name']) ?? '',
          time: timeOf(value['Timestamp']),
          body: structured(value['Body'] ?? null),
          attributes,
          resource: recordOf(value['ResourceAttributes']),
        },
      },
    ];
  },
};

export const clickhouseShapes: readonly Shape[] = [trace, log];

function spanOf(row: JsonObject): RawSpan {
  const start = timeOf(row['Timestamp']);
  const duration = numberOf(row['Duration']);
  return rawSpan({
    traceId: traceIdOf(row['TraceId']),
    spanId: spanIdOf(row['SpanId']),
    parentId: parentIdOf(row['ParentSpanId']),
    name: stringOf(row['SpanName']) ?? '',
    startTime: start,
    endTime: start === null || duration === null ? null : start + duration / 1e6,
    statusCode: statusOf(row['StatusCode']),
    statusMessage: stringOf(row['StatusMessage']) ?? '',
    attributes: recordOf(row['SpanAttributes']),
    resource: { 'service.name': row['ServiceName'], ...recordOf(row['ResourceAttributes']) },
    scope: stringOf(row['ScopeName']) ?? '',
    events: eventsOf(row),
    links: linksOf(row),
  });
}

/** A nested column comes as one list for each of its fields, or as one list of objects. */
function eventsOf(row: JsonObject): readonly RawEvent[] {
  return nested(row, 'Events').map((event) => ({
    name: stringOf(event['Name']) ?? '',
    time: timeOf(event['Timestamp']),
    attributes: recordOf(event['Attributes']),
  }));
}

function linksOf(row: JsonObject): RawSpan['links'] {
  return nested(row, 'Links').map((link) => ({
    traceId: traceIdOf(link['TraceId']),
    spanId: spanIdOf(link['SpanId']),
  }));
}

function nested(row: JsonObject, column: string): readonly JsonObject[] {
  const whole = structured(row[column] ?? null);
  if (isList(whole)) return whole.filter(isRecord);
  const fields = Object.keys(row).filter((key) => key.startsWith(`${column}.`));
  const lists = fields.map((key): [string, Json] => [
    key.slice(column.length + 1),
    structured(row[key] ?? null),
  ]);
  const length = Math.max(0, ...lists.map(([, list]) => (isList(list) ? list.length : 0)));
  return Array.from({ length }, (_, at) =>
    Object.fromEntries(lists.map(([field, list]) => [field, isList(list) ? list[at] : null])),
  );
}
