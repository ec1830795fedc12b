import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { agentSpan } from '../dialect/agent-log.ts';
import { EVALUATION_EVENT, evaluationScore } from '../dialect/evaluation.ts';
import { DETAILS_EVENT } from '../dialect/event-message.ts';
import { recordOf, stringOf, structured } from '../json/json-value.ts';
import type { RawEvent, RawLog, RawScore, RawSpan } from '../record.ts';

/** Role of a log record in its trace. */
export type LogMeaning =
  | { readonly kind: 'score'; readonly score: RawScore }
  /** An event of the span it names: messages, inference details, an exception. */
  | { readonly kind: 'event'; readonly event: RawEvent }
  /** A step of a coding agent, which writes logs instead of spans. */
  | { readonly kind: 'span'; readonly span: RawSpan }
  | { readonly kind: 'other' };

export function logMeaning(log: RawLog): LogMeaning {
  if (log.name === EVALUATION_EVENT) {
    const score = evaluationScore(log.attributes, log.spanId);
    if (score === null) return { kind: 'other' };
    const responseId = stringOf(log.attributes['gen_ai.response.id'] ?? null);
    return {
      kind: 'score',
      score: { traceId: log.traceId, sessionId: null, responseId, score },
    };
  }
  const span = agentSpan(log);
  if (span !== null) return { kind: 'span', span };
  const exchange = exchangeEvent(log);
  if (exchange !== null) return { kind: 'event', event: exchange };
  const isMessage = log.name.startsWith('gen_ai.') || log.name === 'exception';
  return isMessage ? { kind: 'event', event: eventOf(log) } : { kind: 'other' };
}

/** The spans of a trace and the events that arrived as logs, by span id; `''` where a log names no span. */
interface SpansAndEvents {
  readonly id: string;
  readonly spans: ReadonlyMap<string, RawSpan>;
  readonly events: ReadonlyMap<string, readonly RawEvent[]>;
  /** Of the last log. */
  readonly resource: JsonObject;
}

/** Spans with their log events; events of unknown spans become spans of their own. */
export function spansWithEvents(open: SpansAndEvents): readonly RawSpan[] {
  if (open.events.size === 0) return [...open.spans.values()];
  const spans = new Map(open.spans);
  const root = open.spans.values().next().value;
  for (const [spanId, events] of open.events) {
    const known = spanId === '' ? root : spans.get(spanId);
    if (known !== undefined) spans.set(known.spanId, withEvents(known, events));
    else {
      const id = spanId === '' ? `${open.id}-events` : spanId;
      spans.set(id, spanOfEvents(open.id, id, events, open.resource));
    }
  }
  return [...spans.values()];
}

/** A span with the events that arrived as logs; the body of a log counts as attributes. */
function withEvents(span: RawSpan, events: readonly RawEvent[]): RawSpan {
  return { ...span, events: [...span.events, ...events] };
}

/** A span known only from its log events. */
function spanOfEvents(
  traceId: string,
  spanId: string,
  events: readonly RawEvent[],
  resource: JsonObject,
): RawSpan {
  const details = events.find((event) => event.name === DETAILS_EVENT)?.attributes ?? {};
  const model = stringOf(details['gen_ai.request.model'] ?? null);
  const operation = stringOf(details['gen_ai.operation.name'] ?? null) ?? 'chat';
  let startTime: number | null = null;
  let endTime: number | null = null;
  for (const { time } of events) {
    if (time === null) continue;
    startTime = Math.min(startTime ?? time, time);
    endTime = Math.max(endTime ?? time, time);
  }
  return {
    traceId,
    spanId,
    parentId: null,
    name: model === null ? operation : `${operation} ${model}`,
    startTime,
    endTime,
    statusCode: 'unset',
    statusMessage: '',
    attributes: { 'gen_ai.operation.name': operation, ...details },
    resource,
    scope: '',
    events,
    links: [],
    droppedAttributes: 0,
  };
}

/** AgentCore writes what a span received and gave as one log record: `{input: {messages}, output: {messages}}`. */
function exchangeEvent({ body, time }: RawLog): RawEvent | null {
  if (!isRecord(body)) return null;
  const side = (key: string): Json => {
    const { messages } = recordOf(body[key]);
    return isList(messages) ? messages.map(plainMessage) : null;
  };
  const [input, output] = [side('input'), side('output')];
  if (input === null && output === null) return null;
  return {
    name: DETAILS_EVENT,
    time,
    attributes: {
      ...(input === null ? {} : { 'gen_ai.input.messages': input }),
      ...(output === null ? {} : { 'gen_ai.output.messages': output }),
    },
  };
}

/** The content holds the attributes of the span event the record was made of. */
function plainMessage(message: Json): Json {
  if (!isRecord(message) || !isRecord(message['content'])) return message;
  const { content } = message;
  const held = structured(content['content'] ?? content['message'] ?? null);
  return {
    role: message['role'],
    content: isList(held) || typeof held === 'string' ? held : JSON.stringify(held),
    tool_call_id: content['id'],
    finish_reason: content['finish_reason'],
  };
}

function eventOf(log: RawLog): RawEvent {
  const body: Json = log.body;
  const attributes = isRecord(body)
    ? { ...log.attributes, ...body }
    : body === null
      ? log.attributes
      : { content: body, ...log.attributes };
  return { name: log.name, time: log.time, attributes };
}
