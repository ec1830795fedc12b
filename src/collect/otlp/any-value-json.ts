import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, textOf } from '../json/json-value.ts';
import { type AttributeBag, attributeBag, binaryText, setAttribute } from './attribute-bag.ts';

const MAX_DEPTH = 32;

/** Attributes from the list form `[{key, value}]`, or from a plain object, as hand-made exporters write. */
export function attributesOfJson(value: Json | undefined, bag: AttributeBag): AttributeBag {
  if (isList(value)) {
    for (const item of value) {
      if (!isRecord(item)) continue;
      setAttribute(bag, textOf(item['key']), anyValueOfJson(item['value'], 0));
    }
  } else if (isRecord(value)) {
    for (const key in value) setAttribute(bag, key, anyValueOfJson(value[key], 0));
  }
  return bag;
}

/** The value inside an OTLP AnyValue; values that are not wrapped come back unchanged. */
export function anyValueOfJson(value: Json | undefined, depth: number): Json {
  if (value === undefined || value === null || depth > MAX_DEPTH) return null;
  if (isList(value)) return value.map((item) => anyValueOfJson(item, depth + 1));
  if (!isRecord(value)) return value;
  for (const key in value) {
    const held = value[key];
    if (held === undefined) continue;
    switch (key) {
      case 'stringValue':
      case 'string_value':
        return typeof held === 'string' ? held : anyValueOfJson(held, depth + 1);
      case 'boolValue':
      case 'bool_value':
        return held === true || held === 'true';
      case 'intValue':
      case 'int_value':
        return wholeNumber(held);
      case 'doubleValue':
      case 'double_value':
        return realNumber(held);
      case 'bytesValue':
      case 'bytes_value':
        return binary(held);
      case 'arrayValue':
      case 'array_value':
        return listOf(held, depth);
      case 'kvlistValue':
      case 'kvlist_value':
        return mapOf(held, depth);
      default:
        return value;
    }
  }
  return null;
}

function listOf(held: Json, depth: number): Json {
  const values = isRecord(held) ? held['values'] : held;
  return isList(values) ? values.map((item) => anyValueOfJson(item, depth + 1)) : [];
}

function mapOf(held: Json, depth: number): JsonObject {
  const values = isRecord(held) ? held['values'] : held;
  const bag = attributeBag();
  for (const item of isList(values) ? values : []) {
    if (isRecord(item))
      setAttribute(bag, textOf(item['key']), anyValueOfJson(item['value'], depth + 1));
  }
  return bag.values;
}

function wholeNumber(held: Json): Json {
  if (typeof held !== 'string') return typeof held === 'number' ? held : null;
  const number = Number(held);
  return Number.isSafeInteger(number) ? number : held;
}

function realNumber(held: Json): Json {
  return numberOf(held) ?? held;
}

function binary(held: Json): Json {
  if (typeof held !== 'string') return null;
  try {
    const decoded = atob(held.replaceAll('-', '+').replaceAll('_', '/'));
    return binaryText(Uint8Array.from(decoded, (character) => character.charCodeAt(0)));
  } catch {
    return held;
  }
}
