import type { RawLog, RawScore, RawSpan } from '../../collect/receive.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { StoredTrace } from '../../store/telemetry/telemetry.ts';
import type { LeftOut } from './left-out.ts';

/**
 * A trace as requests of OTLP/JSON, one a line: spans, log events, and scores as `gen_ai.evaluation.result` events. Runs without
 * spans, and what else has no place in OTLP, are counted.
 */
export function* otlpLines({ records }: StoredTrace, left: LeftOut): Generator<string> {
  const spans: RawSpan[] = [];
  const logs: RawLog[] = [];
  for (const record of records) {
    if (record.kind === 'span') spans.push(record.span);
    else if (record.kind === 'log') logs.push(record.log);
    else if (record.kind === 'score') logs.push(...evaluationOf(record.score, left));
    else left.add('conversations, which have no spans');
  }
  if (spans.length > 0) yield JSON.stringify({ resourceSpans: resourceSpans(spans, left) });
  if (logs.length > 0) yield JSON.stringify({ resourceLogs: resourceLogs(logs) });
}

/** Neighbors of one resource and scope together, in order. */
function resourceSpans(spans: readonly RawSpan[], left: LeftOut): readonly object[] {
  const runs: { key: string; resource: JsonObject; scope: string; spans: object[] }[] = [];
  for (const span of spans) {
    const key = JSON.stringify([span.resource, span.scope]);
    let run = runs.at(-1);
    if (run?.key !== key) {
      run = { key, resource: span.resource, scope: span.scope, spans: [] };
      runs.push(run);
    }
    run.spans.push(otlpSpan(span, left));
  }
  return runs.map(({ resource, scope, spans: inside }) => ({
    resource: { attributes: keyValues(resource) },
    scopeSpans: [{ ...(scope !== '' && { scope: { name: scope } }), spans: inside }],
  }));
}

function otlpSpan(span: RawSpan, left: LeftOut): object {
  if (!TRACE_ID.test(span.traceId) || !SPAN_ID.test(span.spanId))
    left.add('ids as OTLP wants them: 32 and 16 hexadecimal digits; they are written as they are');
  left.add('counts of refused keys', span.refusedKeys ?? 0);
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId !== null && { parentSpanId: span.parentId }),
    name: span.name,
    ...(span.startTime !== null && { startTimeUnixNano: nanos(span.startTime) }),
    ...(span.endTime !== null && { endTimeUnixNano: nanos(span.endTime) }),
    attributes: keyValues(span.attributes),
    ...(span.droppedAttributes > 0 && { droppedAttributesCount: span.droppedAttributes }),
    ...(span.events.length > 0 && {
      events: span.events.map(({ name, time, attributes }) => ({
        ...(time !== null && { timeUnixNano: nanos(time) }),
        name,
        attributes: keyValues(attributes),
      })),
    }),
    ...(span.links.length > 0 && { links: span.links }),
    status: {
      code: STATUS[span.statusCode],
      ...(span.statusMessage !== '' && { message: span.statusMessage }),
    },
  };
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;
const STATUS = { unset: 0, ok: 1, error: 2 } as const;

const resourceLogs = (logs: readonly RawLog[]): readonly object[] =>
  logs.map((log) => ({
    resource: { attributes: keyValues(log.resource) },
    scopeLogs: [
      {
        logRecords: [
          {
            ...(log.time !== null && { timeUnixNano: nanos(log.time) }),
            ...(log.traceId !== null && { traceId: log.traceId }),
            ...(log.spanId !== null && { spanId: log.spanId }),
            ...(log.name !== '' && { eventName: log.name }),
            body: anyValue(log.body),
            attributes: keyValues(log.attributes),
          },
        ],
      },
    ],
  }));

function evaluationOf({ traceId, responseId, score }: RawScore, left: LeftOut): readonly RawLog[] {
  if (traceId === null && responseId === null) {
    left.add('scores of sessions');
    return [];
  }
  if (score.annotator !== 'unknown') left.add('who gave a score');
  return [
    {
      ...{
        traceId,
        spanId: score.spanId,
        name: 'gen_ai.evaluation.result',
        time: null,
        body: null,
      },
      attributes: {
        'gen_ai.evaluation.name': score.name,
        ...(score.value !== null && { 'gen_ai.evaluation.score.value': score.value }),
        ...(score.label !== null && { 'gen_ai.evaluation.score.label': score.label }),
        ...(score.explanation !== null && { 'gen_ai.evaluation.explanation': score.explanation }),
        ...(responseId !== null && { 'gen_ai.response.id': responseId }),
      },
      resource: {},
    },
  ];
}

/** Of epoch milliseconds with fractions: the same number when it is read again. */
function nanos(time: number): string {
  const whole = Math.floor(time);
  const rest = Math.round((time - whole) * 1e6);
  return `${BigInt(whole) * 1_000_000n + BigInt(rest)}`;
}

const keyValues = (attributes: JsonObject): readonly object[] =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );

function anyValue(value: Json): object {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: keyValues(value as JsonObject) } };
}
