import type { Json } from '../../contract/json.ts';
import { type AttributeBag, attributeBag, binaryText, setAttribute } from './attribute-bag.ts';
import {
  FIXED64,
  LENGTH,
  readBytes,
  readDouble,
  readInt64,
  readLength,
  readTag,
  readVarint,
  skipField,
  VARINT,
  type WireReader,
} from './wire-reader.ts';
import { readText } from './wire-text.ts';

const MAX_DEPTH = 32;

/** Reads one KeyValue message (with its length) into the bag. */
export function readAttribute(
  reader: WireReader,
  end: number,
  bag: AttributeBag,
  depth: number,
): void {
  const stop = readLength(reader, end);
  let key = '';
  let value: Json = null;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === KEY) key = readText(reader, stop);
    else if (tag === VALUE) value = readAnyValue(reader, stop, depth);
    else skipField(reader, tag & 7, stop);
  }
  setAttribute(bag, key, value);
}

/** Reads one AnyValue message (with its length); values nested deeper than 32 are null. */
export function readAnyValue(reader: WireReader, end: number, depth: number): Json {
  const stop = readLength(reader, end);
  if (depth > MAX_DEPTH) {
    reader.position = stop;
    return null;
  }
  let value: Json = null;
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    switch (tag) {
      case STRING:
        value = readText(reader, stop);
        break;
      case BOOL:
        value = readVarint(reader, stop) !== 0;
        break;
      case INT:
        value = readInt64(reader, stop);
        break;
      case DOUBLE:
        value = real(readDouble(reader, stop));
        break;
      case ARRAY:
        value = readArray(reader, stop, depth);
        break;
      case KVLIST:
        value = readMap(reader, stop, depth);
        break;
      case BYTES:
        value = binaryText(readBytes(reader, stop));
        break;
      default:
        skipField(reader, tag & 7, stop);
    }
  }
  return value;
}

const KEY = (1 << 3) | LENGTH;
const VALUE = (2 << 3) | LENGTH;
const STRING = (1 << 3) | LENGTH;
const BOOL = (2 << 3) | VARINT;
const INT = (3 << 3) | VARINT;
const DOUBLE = (4 << 3) | FIXED64;
const ARRAY = (5 << 3) | LENGTH;
const KVLIST = (6 << 3) | LENGTH;
const BYTES = (7 << 3) | LENGTH;
const VALUES = (1 << 3) | LENGTH;

function readArray(reader: WireReader, end: number, depth: number): Json {
  const stop = readLength(reader, end);
  const values: Json[] = [];
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === VALUES) values.push(readAnyValue(reader, stop, depth + 1));
    else skipField(reader, tag & 7, stop);
  }
  return values;
}

function readMap(reader: WireReader, end: number, depth: number): Json {
  const stop = readLength(reader, end);
  const bag = attributeBag();
  while (reader.position < stop) {
    const tag = readTag(reader, stop);
    if (tag === VALUES) readAttribute(reader, stop, bag, depth + 1);
    else skipField(reader, tag & 7, stop);
  }
  return bag.values;
}

/** JSON has no NaN or infinity; they are written by name, as in OTLP/JSON. */
const real = (value: number): Json => (Number.isFinite(value) ? value : String(value));
