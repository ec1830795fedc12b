import type { Json, JsonObject } from '../../contract/json.ts';
import { textOf } from '../json/json-value.ts';
import type { RawLog } from '../record.ts';
import { readAnyValue, readAttribute } from './any-value-protobuf.ts';
import { attributeBag } from './attribute-bag.ts';
import { readId } from './span-protobuf.ts';
import { FIXED64, LENGTH, readTag, readTime, skipField, type WireReader } from './wire-reader.ts';
import { readText } from './wire-text.ts';

/** Reads one LogRecord message up to `stop`. */
export function readLog(reader: WireReader, stop: number, resource: JsonObject): RawLog {
  const bag = attributeBag();
  let [traceId, spanId, name] = ['', '', ''];
  let time: number | null = null;
  let observed: number | null = null;
  let body: Json = null;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === TIME) time = readTime(reader, stop);
    else if (tag === OBSERVED) observed = readTime(reader, stop);
    else if (tag === BODY) body = readAnyValue(reader, stop, 0);
    else if (tag === ATTRIBUTES) readAttribute(reader, stop, bag, 0);
    else if (tag === TRACE_ID) traceId = readId(reader, stop, 16);
    else if (tag === SPAN_ID) spanId = readId(reader, stop, 8);
    else if (tag === EVENT_NAME) name = readText(reader, stop);
    else skipField(reader, tag & 7, stop);
  }
  return {
    traceId: traceId === '' ? null : traceId,
    spanId: spanId === '' ? null : spanId,
    name: name === '' ? textOf(bag.values['event.name']) : name,
    time: time ?? observed,
    body,
    attributes: bag.values,
    resource,
  };
}

const TIME = (1 << 3) | FIXED64;
const BODY = (5 << 3) | LENGTH;
const ATTRIBUTES = (6 << 3) | LENGTH;
const TRACE_ID = (9 << 3) | LENGTH;
const SPAN_ID = (10 << 3) | LENGTH;
const OBSERVED = (11 << 3) | FIXED64;
const EVENT_NAME = (12 << 3) | LENGTH;
