import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import { isEmpty, structured } from '../json/json-value.ts';
import type { FAMILIES } from './attribute-key.ts';
import { attributeRule } from './attribute-rule.ts';
import { FIELD_KEYS, type Field } from './attribute-table.ts';
import { type IndexedAttribute, type SlotBudget, unflatten } from './unflatten.ts';

type Family = (typeof FAMILIES)[number];

/** Attributes of a span sorted by meaning, in one pass. */
export interface AttributeReading {
  /** As received, without headers and prototype names. */
  readonly attributes: JsonObject;
  /** Which key supplied each field. */
  readonly source: ReadonlyMap<Field, string>;
  readonly lists: ReadonlyMap<Family, readonly Json[]>;
  /** The application's own metadata, from all keys that hold any. */
  readonly metadata: JsonObject;
  /** Number of header attributes left out. */
  readonly headers: number;
  /** Number of keys refused as hostile or out of bounds. */
  readonly refused: number;
}

export function readAttributes(attributes: JsonObject): AttributeReading {
  const source = new Map<Field, string>();
  const ranks = new Map<Field, number>();
  let lists: Map<Family, IndexedAttribute[]> | null = null;
  let metadata: Record<string, Json> | null = null;
  const left: string[] = [];
  let headers = 0;
  for (const key in attributes) {
    const rule = attributeRule(key);
    if (rule === null) continue;
    const value = attributes[key];
    if (value === undefined) continue;
    if (rule.header || rule.hostile) {
      left.push(key);
      if (rule.header) headers++;
      continue;
    }
    if (rule.family !== null) {
      lists ??= new Map();
      const entries = lists.get(rule.family.name);
      const entry = { path: rule.family.path, value };
      if (entries === undefined) lists.set(rule.family.name, [entry]);
      else entries.push(entry);
    } else if (rule.metadata !== null) {
      metadata ??= {};
      addMetadata(metadata, rule.metadata, value);
    }
    for (const [field, rank] of rule.fields) {
      if (isEmpty(value) || (ranks.get(field) ?? 1e9) <= rank) continue;
      ranks.set(field, rank);
      source.set(field, key);
    }
  }
  const budget: SlotBudget = { used: 0, refused: 0 };
  return {
    attributes: left.length === 0 ? attributes : without(attributes, left),
    source,
    lists: lists === null ? NO_LISTS : joined(lists, budget),
    metadata: metadata ?? NO_METADATA,
    headers,
    refused: left.length - headers + budget.refused,
  };
}

/** Value of a field, undefined when no key supplied it. */
export function field(reading: AttributeReading, name: Field): Json | undefined {
  const key = reading.source.get(name);
  return key === undefined ? undefined : reading.attributes[key];
}

/** First non-empty of a field's keys on another object, such as the resource. */
export function fieldOn(attributes: JsonObject, name: Field): Json | undefined {
  for (const key of FIELD_KEYS[name]) {
    const value = attributes[key];
    if (!isEmpty(value)) return value;
  }
  return undefined;
}

const NO_LISTS: AttributeReading['lists'] = new Map();
const NO_METADATA: JsonObject = {};

function joined(
  lists: ReadonlyMap<Family, readonly IndexedAttribute[]>,
  budget: SlotBudget,
): AttributeReading['lists'] {
  const out = new Map<Family, readonly Json[]>();
  for (const [name, entries] of lists) {
    const list = unflatten(entries, budget);
    if (list.length > 0) out.set(name, list);
  }
  return out;
}

function addMetadata(into: Record<string, Json>, name: string, value: Json): void {
  if (name !== '') {
    into[name] = value;
    return;
  }
  const bag = typeof value === 'string' ? bagOf(value) : value;
  if (isRecord(bag)) {
    for (const key in bag) into[key] ??= bag[key] ?? null;
  } else if (typeof bag === 'string') into['metadata'] = bag;
}

/** Metadata is JSON by specification, but Python literals occur. The text itself when it is neither. */
function bagOf(text: string): Json {
  const parsed = structured(text);
  return parsed === text ? (pythonLiteral(text) ?? text) : parsed;
}

function without(attributes: JsonObject, left: readonly string[]): JsonObject {
  const out: Record<string, Json | undefined> = { ...attributes };
  for (const key of left) delete out[key];
  return out;
}
