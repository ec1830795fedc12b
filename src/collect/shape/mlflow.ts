import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, textOf } from '../json/json-value.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { annotatorOf } from './score.ts';
import type { Shape } from './shape.ts';
import {
  filled,
  parentIdOf,
  prefixed,
  rawSpan,
  scoreRecord,
  spanIdOf,
  spanRecord,
  statusOf,
  traceIdOf,
} from './span.ts';
import { timeOf, timeOfNanoseconds } from './time.ts';

/** `trace.to_json()` of MLflow 2 and 3. */
const trace: Shape = {
  format: 'mlflow-trace',
  clues: ['info'],
  matches: (value) =>
    isRecord(value['info']) && (isRecord(value['data']) || isList(value['spans'])),
  read: (value) => {
    const data = recordOf(value['data']);
    return readTrace(value['info'] as JsonObject, data['spans'] ?? value['spans'], data);
  },
};

/** The `traces.json` artifact: spans without their info. */
const artifact: Shape = {
  format: 'mlflow-trace',
  clues: ['spans'],
  matches: (value) =>
    isList(value['spans']) && ('request' in value || 'response' in value) && !('info' in value),
  read: (value) => readTrace({}, value['spans'], value),
};

export const mlflowShapes: readonly Shape[] = [trace, artifact];

function readTrace(
  info: JsonObject,
  spans: Json | undefined,
  data: JsonObject,
): readonly RawRecord[] {
  const metadata = recordOf(pick(info, 'trace_metadata', 'request_metadata'));
  const traceId = traceIdOf(pick(info, 'trace_id', 'request_id'));
  const context = filled({
    ...metadata,
    ...prefixed('mlflow.traceTag.', recordOf(info['tags'])),
    'mlflow.traceName': recordOf(info['tags'])['mlflow.traceName'],
    'mlflow.traceInputs':
      metadata['mlflow.traceInputs'] ?? data['request'] ?? info['request_preview'],
    'mlflow.traceOutputs':
      metadata['mlflow.traceOutputs'] ?? data['response'] ?? info['response_preview'],
  });
  const found = isList(spans) ? spans.filter((item): item is JsonObject => isRecord(item)) : [];
  const read = found.map((span) => mlflowSpan(span, traceId, context));
  if (read.length === 0 && traceId !== '') read.push(infoSpan(info, traceId, context));
  return [
    ...read.map(spanRecord),
    ...assessments(info['assessments'], read[0]?.traceId ?? traceId),
  ];
}

function mlflowSpan(span: JsonObject, traceId: string, context: JsonObject): RawSpan {
  const ids = recordOf(span['context']);
  const status = recordOf(span['status']);
  const parentId = parentIdOf(pick(span, 'parent_span_id', 'parent_id'));
  const type = stringOf(span['span_type']);
  return rawSpan({
    traceId: traceId === '' ? traceIdOf(pick(span, 'trace_id') ?? ids['trace_id']) : traceId,
    spanId: spanIdOf(pick(span, 'span_id') ?? ids['span_id']),
    parentId,
    name: stringOf(span['name']) ?? '',
    startTime: timeOfNanoseconds(pick(span, 'start_time_unix_nano', 'start_time')),
    endTime: timeOfNanoseconds(pick(span, 'end_time_unix_nano', 'end_time')),
    statusCode: statusOf(pick(status, 'code', 'status_code') ?? span['status_code']),
    statusMessage: stringOf(pick(status, 'message', 'description') ?? span['status_message']) ?? '',
    attributes: {
      ...(type === null ? {} : { 'mlflow.spanType': type }),
      ...(parentId === null ? context : {}),
      ...recordOf(span['attributes']),
    },
    events: isList(span['events'])
      ? span['events'].filter(isRecord).map((event) => ({
          name: stringOf(event['name']) ?? '',
          time: timeOf(pick(event, 'time_unix_nano', 'timestamp')),
          attributes: recordOf(event['attributes']),
        }))
      : [],
  });
}

/** A trace whose spans were not exported. */
function infoSpan(info: JsonObject, traceId: string, context: JsonObject): RawSpan {
  const start = timeOf(pick(info, 'request_time', 'timestamp_ms'));
  const duration = numberOf(pick(info, 'execution_duration_ms', 'execution_time_ms'));
  return rawSpan({
    traceId,
    spanId: traceId,
    parentId: null,
    name: stringOf(context['mlflow.traceName']) ?? 'trace',
    startTime: start,
    endTime: start === null || duration === null ? null : start + duration,
    statusCode: statusOf(pick(info, 'state', 'status')),
    attributes: {
      ...context,
      'mlflow.spanType': 'CHAIN',
      'mlflow.spanInputs': context['mlflow.traceInputs'],
      'mlflow.spanOutputs': context['mlflow.traceOutputs'],
    },
  });
}

function assessments(value: Json | undefined, traceId: string): RawRecord[] {
  if (!isList(value)) return [];
  return value.filter(isRecord).flatMap((each) => {
    const name = stringOf(pick(each, 'name', 'assessment_name'));
    const judged = recordOf(each['feedback'])['value'];
    // An expectation is the right answer, not a judgment.
    if (name === null || judged === undefined || judged === null) return [];
    const number = typeof judged === 'boolean' ? Number(judged) : numberOf(judged);
    const spanId = spanIdOf(each['span_id']);
    return [
      scoreRecord({
        traceId,
        sessionId: null,
        responseId: null,
        score: {
          name,
          value: number,
          label: typeof judged === 'number' ? null : textOf(judged),
          explanation: stringOf(each['rationale']),
          annotator: annotatorOf(stringOf(recordOf(each['source'])['source_type'])),
          spanId: spanId === '' ? null : spanId,
        },
      }),
    ];
  });
}
