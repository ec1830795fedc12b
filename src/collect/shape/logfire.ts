import type { JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawSpan } from '../record.ts';
import type { Shape } from './shape.ts';
import { filled, parentIdOf, rawSpan, spanIdOf, spanRecord, statusOf, traceIdOf } from './span.ts';
import { timeOf } from './time.ts';

/** A row of the `records` table of Pydantic Logfire, from its SQL view or query API. */
export const logfireShape: Shape = {
  format: 'logfire-record',
  clues: ['span_name'],
  matches: (value) =>
    'trace_id' in value && 'span_id' in value && 'span_name' in value && 'start_timestamp' in value,
  read: (value) => (value['kind'] === 'pending_span' ? [] : [spanRecord(spanOf(value))]),
};

function spanOf(row: JsonObject): RawSpan {
  const start = timeOf(row['start_timestamp']);
  const duration = numberOf(row['duration']);
  const message = stringOf(row['exception_message']);
  return rawSpan({
    traceId: traceIdOf(row['trace_id']),
    spanId: spanIdOf(row['span_id']),
    parentId: parentIdOf(row['parent_span_id']),
    name: stringOf(row['span_name']) ?? '',
    startTime: start,
    endTime:
      timeOf(row['end_timestamp']) ??
      (start === null || duration === null ? null : start + duration * 1000),
    statusCode: statusOf(row['otel_status_code']),
    statusMessage: stringOf(row['otel_status_message']) ?? '',
    attributes: {
      ...filled({ 'logfire.level_num': numberOf(row['level']), 'logfire.tags': row['tags'] }),
      ...recordOf(row['attributes']),
    },
    resource: filled({
      ...recordOf(row['otel_resource_attributes']),
      'service.name': row['service_name'],
      'service.version': row['service_version'],
      'deployment.environment.name': row['deployment_environment'],
    }),
    scope: stringOf(row['otel_scope_name']) ?? '',
    events: [
      ...eventsOf(row),
      ...(row['is_exception'] === true && message !== null
        ? [
            {
              name: 'exception',
              time: start,
              attributes: filled({
                'exception.type': row['exception_type'],
                'exception.message': message,
              }),
            },
          ]
        : []),
    ],
  });
}

function eventsOf(row: JsonObject): RawSpan['events'] {
  const events = structured(row['otel_events'] ?? null);
  if (!isList(events)) return [];
  return events.filter(isRecord).map((event) => ({
    name: stringOf(pick(event, 'event_name', 'name')) ?? '',
    time: timeOf(pick(event, 'event_timestamp', 'timestamp')),
    attributes: recordOf(event['attributes']),
  }));
}
