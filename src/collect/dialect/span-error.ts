import type { JsonObject } from '../../contract/json.ts';
import type { SpanKind } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { numberOf, structured, textOf } from '../json/json-value.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import { type AttributeReading, field } from './attribute-reading.ts';

export interface SpanError {
  readonly type: string;
  readonly message: string;
}

/**
 * Error of a span, by any of: status error, an exception event, `error.type`, level ERROR (Langfuse,
 * Logfire, a true `error` tag), a tool result that is marked as an error. Null when none applies.
 * Exceptions used for control flow (interrupts, deferred calls) are not errors.
 */
export function spanError(
  raw: RawSpan,
  reading: AttributeReading,
  kind: SpanKind,
): SpanError | null {
  const { attributes } = raw;
  const exception = exceptionOf(raw.events);
  const type = textOf(field(reading, 'errorType'));
  const failed =
    raw.statusCode === 'error' ||
    exception !== null ||
    type !== '' ||
    isErrorLevel(attributes) ||
    (kind === 'tool' && (isErrorResult(reading) || attributes['gen_ai.tool.status'] === 'error'));
  if (!failed || isDeferred(attributes, exception)) return null;
  const message = cleanMessage(
    textOf(exception?.['exception.message']) ||
      raw.statusMessage ||
      textOf(field(reading, 'errorMessage')) ||
      textOf(attributes['exception.message']) ||
      resultMessage(reading, kind),
  );
  return { type: errorType(type, exception, attributes, message), message };
}

/** Error type of a message that names one: `TimeoutError: …`, `… 429 …`; `_OTHER` when none is named. */
export function typeOfMessage(message: string): string {
  const named = NAMED.exec(message)?.[1];
  if (named !== undefined && !BARE.has(named)) return named;
  return HTTP.exec(message)?.[1] ?? '_OTHER';
}

const BARE: ReadonlySet<string> = new Set(['Error', 'Exception', '_OTHER', '']);
const NAMED = /^(?:[a-z_]{1,40}\.){0,4}([A-Z][A-Za-z0-9]{0,60}(?:Error|Exception|Timeout))\b/;
const HTTP = /\b([45]\d\d)\b/;
const CONTROL: ReadonlySet<string> = new Set([
  'GraphInterrupt',
  'NodeInterrupt',
  'ParentCommand',
  'CallDeferred',
  'ApprovalRequired',
]);

function exceptionOf(events: readonly RawEvent[]): JsonObject | null {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    if (event?.name === 'exception' || event?.name === 'gen_ai.client.operation.exception') {
      return event.attributes;
    }
  }
  return null;
}

function isErrorLevel(attributes: JsonObject): boolean {
  const level = attributes['langfuse.observation.level'];
  if (level === 'ERROR' || level === 'CRITICAL' || level === 'FATAL') return true;
  const number = numberOf(attributes['logfire.level_num']);
  if (number !== null && number >= 17) return true;
  const flag = attributes['error'];
  return flag === true || flag === 'true' || attributes['otel.status_code'] === 'ERROR';
}

function isErrorResult(reading: AttributeReading): boolean {
  const result = field(reading, 'toolResult');
  if (result === undefined) return false;
  if (typeof result === 'string' && !mayBeError(result)) return false;
  const parsed = structured(result);
  if (!isRecord(parsed)) return false;
  const output = parsed['output'];
  const inner = isRecord(output) ? output : parsed;
  return inner['is_error'] === true || inner['isError'] === true || inner['status'] === 'error';
}

const mayBeError = (text: string): boolean =>
  text.includes('rror"') && (text.includes('is_error') || /isError|"status"/.test(text));

function resultMessage(reading: AttributeReading, kind: SpanKind): string {
  return kind === 'tool' ? textOf(field(reading, 'toolResult')).slice(0, 2000) : '';
}

function isDeferred(attributes: JsonObject, exception: JsonObject | null): boolean {
  if ('pydantic_ai.tool.deferral.name' in attributes) return true;
  const type = exception === null ? '' : textOf(exception['exception.type']);
  return CONTROL.has(lastName(type));
}

function errorType(
  type: string,
  exception: JsonObject | null,
  attributes: JsonObject,
  message: string,
): string {
  if (!BARE.has(type)) return type;
  const thrown = lastName(
    textOf(exception?.['exception.type'] ?? attributes['exception.type'] ?? ''),
  );
  return BARE.has(thrown) ? typeOfMessage(message) : thrown;
}

const lastName = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

/** Without the JavaScript stack that some recorders append, and without the repeated message before it. */
function cleanMessage(message: string): string {
  const stack = message.search(/\n {1,8}at /);
  const head = (stack < 0 ? message : message.slice(0, stack)).trim();
  const again = head.indexOf('\n\nError: ');
  return again > 0 && head.slice(again + 9) === head.slice(0, again) ? head.slice(0, again) : head;
}
