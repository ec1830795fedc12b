import type { JsonObject } from '../../contract/json.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import { readAttribute } from './any-value-protobuf.ts';
import { attributeBag } from './attribute-bag.ts';
import {
  FIXED64,
  LENGTH,
  readBytes,
  readLength,
  readTag,
  readTime,
  readVarint,
  skipField,
  VARINT,
  type WireReader,
} from './wire-reader.ts';
import { hexOf, readText } from './wire-text.ts';

/** Reads one Span message up to `stop`; ids of the wrong length become ''. */
export function readSpan(
  reader: WireReader,
  stop: number,
  resource: JsonObject,
  scope: string,
): RawSpan {
  const bag = attributeBag();
  const events: RawEvent[] = [];
  const links: { traceId: string; spanId: string }[] = [];
  let [traceId, spanId, parentId, name, message] = ['', '', '', '', ''];
  let startTime: number | null = null;
  let endTime: number | null = null;
  let [code, dropped] = [0, 0];
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    switch (tag) {
      case TRACE_ID:
        traceId = readId(reader, stop, 16);
        break;
      case SPAN_ID:
        spanId = readId(reader, stop, 8);
        break;
      case PARENT_ID:
        parentId = readId(reader, stop, 8);
        break;
      case NAME:
        name = readText(reader, stop);
        break;
      case START:
        startTime = readTime(reader, stop);
        break;
      case END:
        endTime = readTime(reader, stop);
        break;
      case ATTRIBUTES:
        readAttribute(reader, stop, bag, 0);
        break;
      case DROPPED:
        dropped = readVarint(reader, stop);
        break;
      case EVENTS:
        events.push(readEvent(reader, stop));
        break;
      case LINKS:
        links.push(readLink(reader, stop));
        break;
      case STATUS: {
        const status = readStatus(reader, stop, message, code);
        message = status.message;
        code = status.code;
        break;
      }
      default:
        skipField(reader, tag & 7, stop);
    }
  }
  return {
    traceId,
    spanId,
    parentId: parentId === '' ? null : parentId,
    name,
    startTime,
    endTime,
    statusCode: code === 2 ? 'error' : code === 1 ? 'ok' : 'unset',
    statusMessage: message,
    attributes: bag.values,
    resource,
    scope,
    events,
    links,
    droppedAttributes: dropped,
    refusedKeys: bag.refused,
  };
}

/** Reads an id field as hex; '' when it is not that long or all zero. */
export function readId(reader: WireReader, end: number, length: 8 | 16): string {
  const bytes = readBytes(reader, end);
  if (bytes.length !== length || bytes.every((byte) => byte === 0)) return '';
  return hexOf(bytes);
}

const TRACE_ID = (1 << 3) | LENGTH;
const SPAN_ID = (2 << 3) | LENGTH;
const PARENT_ID = (4 << 3) | LENGTH;
const NAME = (5 << 3) | LENGTH;
const START = (7 << 3) | FIXED64;
const END = (8 << 3) | FIXED64;
const ATTRIBUTES = (9 << 3) | LENGTH;
const DROPPED = (10 << 3) | VARINT;
const EVENTS = (11 << 3) | LENGTH;
const LINKS = (13 << 3) | LENGTH;
const STATUS = (15 << 3) | LENGTH;
const EVENT_TIME = (1 << 3) | FIXED64;
const EVENT_NAME = (2 << 3) | LENGTH;
const EVENT_ATTRIBUTES = (3 << 3) | LENGTH;
const STATUS_MESSAGE = (2 << 3) | LENGTH;
const STATUS_CODE = (3 << 3) | VARINT;

function readEvent(reader: WireReader, end: number): RawEvent {
  const stop = readLength(reader, end);
  const bag = attributeBag();
  let name = '';
  let time: number | null = null;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === EVENT_TIME) time = readTime(reader, stop);
    else if (tag === EVENT_NAME) name = readText(reader, stop);
    else if (tag === EVENT_ATTRIBUTES) readAttribute(reader, stop, bag, 0);
    else skipField(reader, tag & 7, stop);
  }
  return { name, time, attributes: bag.values };
}

function readLink(reader: WireReader, end: number): { traceId: string; spanId: string } {
  const stop = readLength(reader, end);
  let traceId = '';
  let spanId = '';
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === TRACE_ID) traceId = readId(reader, stop, 16);
    else if (tag === SPAN_ID) spanId = readId(reader, stop, 8);
    else skipField(reader, tag & 7, stop);
  }
  return { traceId, spanId };
}

/** A repeated status is merged into the previous one, as protobuf merges repeated messages. */
function readStatus(
  reader: WireReader,
  end: number,
  before: string,
  codeBefore: number,
): { message: string; code: number } {
  const stop = readLength(reader, end);
  let message = before;
  let code = codeBefore;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === STATUS_MESSAGE) message = readText(reader, stop);
    else if (tag === STATUS_CODE) code = readVarint(reader, stop);
    else skipField(reader, tag & 7, stop);
  }
  return { message, code };
}
