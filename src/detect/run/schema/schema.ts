import type { Json, JsonObject } from '../../../contract/json.ts';
import { isRecord, parseJson } from '../../../text/json.ts';
import { isRareKeyword, validateFully } from './validate-fully.ts';
import { MOST_VIOLATIONS, type Violation } from './violation.ts';

/**
 * A JSON Schema (2020-12, tolerant of earlier drafts) to check values against. A property that the
 * schema does not name counts as unexpected unless the schema opens itself with
 * `additionalProperties`. The common keywords are checked here, any other by a full validator.
 */
export class Schema {
  readonly #definition: JsonObject;
  #isCommon: boolean | undefined;

  constructor(definition: JsonObject) {
    this.#definition = definition;
  }

  /** How the value breaks the schema: at most 20 violations; none when the schema is itself broken. */
  violations(value: Json): readonly Violation[] {
    this.#isCommon ??= isCommon(this.#definition, 0);
    if (!this.#isCommon) return validateFully(value, this.#definition);
    const found: Violation[] = [];
    check(value, this.#definition, [], found);
    return found;
  }
}

const MAX_DEPTH = 32;

/** Keywords that `check` covers, and annotations that assert nothing. */
const COMMON = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'nullable',
  'anyOf',
]);

function isCommon(schema: JsonObject, depth: number): boolean {
  if (depth >= MAX_DEPTH) return false;
  for (const key in schema) {
    if (isRareKeyword(key)) return false;
    if (!COMMON.has(key)) continue;
    const part = schema[key];
    if (key === 'properties') {
      if (!isRecord(part)) return false;
      for (const name in part) {
        const property = part[name];
        if (isRecord(property) && !isCommon(property, depth + 1)) return false;
      }
    } else if (key === 'items' || key === 'additionalProperties') {
      if (Array.isArray(part) || (isRecord(part) && !isCommon(part, depth + 1))) return false;
    } else if (key === 'anyOf') {
      if (
        !Array.isArray(part) ||
        !part.every((option) => isRecord(option) && isCommon(option, depth + 1))
      )
        return false;
    }
  }
  return true;
}

function check(
  value: Json,
  schema: JsonObject,
  path: readonly (string | number)[],
  found: Violation[],
): void {
  if (found.length >= MOST_VIOLATIONS) return;
  const add = (kind: Violation['kind'], expected: string): void => {
    found.push({ kind, path, expected });
  };
  if (value === null && schema['nullable'] === true) return;
  const { type } = schema;
  if (type !== undefined && !isOfType(value, type)) {
    add(isTextOf(value, type) ? 'value as text' : 'wrong type', typeName(type));
    return;
  }
  if (Array.isArray(schema['enum']) && !schema['enum'].some((option) => same(option, value))) {
    add(
      'not allowed',
      schema['enum']
        .slice(0, 12)
        .map((option) => JSON.stringify(option))
        .join(', '),
    );
  }
  if (schema['const'] !== undefined && !same(schema['const'], value)) {
    add('not allowed', JSON.stringify(schema['const']));
  }
  if (Array.isArray(schema['anyOf'])) checkAnyOf(value, schema['anyOf'], path, found);
  if (typeof value === 'number') bounds(value, schema['minimum'], schema['maximum'], add);
  else if (typeof value === 'string')
    bounds(value.length, schema['minLength'], schema['maxLength'], add);
  else if (Array.isArray(value)) {
    bounds(value.length, schema['minItems'], schema['maxItems'], add);
    const { items } = schema;
    if (isRecord(items))
      for (const [index, item] of value.entries()) check(item, items, [...path, index], found);
  } else if (isRecord(value)) checkObject(value, schema, path, found);
}

function checkObject(
  value: JsonObject,
  schema: JsonObject,
  path: readonly (string | number)[],
  found: Violation[],
): void {
  const properties = isRecord(schema['properties']) ? schema['properties'] : null;
  if (Array.isArray(schema['required'])) {
    for (const name of schema['required']) {
      if (typeof name !== 'string' || (Object.hasOwn(value, name) && value[name] !== undefined))
        continue;
      const property = properties?.[name];
      found.push({
        kind: 'missing',
        path: [...path, name],
        expected:
          isRecord(property) && property['type'] !== undefined
            ? typeName(property['type'])
            : 'a value',
      });
    }
  }
  const rest = schema['additionalProperties'];
  for (const name in value) {
    const part = value[name];
    if (part === undefined) continue;
    const property =
      properties !== null && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (part === null && isRecord(property) && !isRequired(schema, name)) {
      if (
        !isOfType(null, property['type'] ?? 'null') &&
        property['nullable'] !== true &&
        !isNothing(property['default'])
      ) {
        found.push({
          kind: 'null for optional',
          path: [...path, name],
          expected: 'a value or nothing',
        });
      }
    } else if (isRecord(property)) check(part, property, [...path, name], found);
    else if (isRecord(rest)) check(part, rest, [...path, name], found);
    else if (
      property === undefined &&
      (rest === false || (rest === undefined && isClosed(properties)))
    ) {
      found.push({ kind: 'unexpected', path: [...path, name], expected: 'nothing of this name' });
    }
  }
}

/** Null, and how generators of schemas write Python's. */
const isNothing = (fallback: Json | undefined): boolean =>
  fallback === null || fallback === 'None' || fallback === 'null';

const isRequired = (schema: JsonObject, name: string): boolean =>
  Array.isArray(schema['required']) && schema['required'].includes(name);

/** A schema that lists properties means to list them all, although the standard leaves it open by default. */
const isClosed = (properties: JsonObject | null): boolean => {
  if (properties === null) return false;
  for (const _ in properties) return true;
  return false;
};

function checkAnyOf(
  value: Json,
  options: readonly Json[],
  path: readonly (string | number)[],
  found: Violation[],
): void {
  let fewest: Violation[] | null = null;
  for (const option of options) {
    if (!isRecord(option)) return;
    const attempt: Violation[] = [];
    check(value, option, path, attempt);
    if (attempt.length === 0) return;
    if (fewest === null || attempt.length < fewest.length) fewest = attempt;
  }
  if (fewest !== null) found.push(...fewest);
}

function bounds(
  amount: number,
  low: Json | undefined,
  high: Json | undefined,
  add: (kind: Violation['kind'], expected: string) => void,
): void {
  if (typeof low === 'number' && amount < low) add('out of range', `at least ${low}`);
  if (typeof high === 'number' && amount > high) add('out of range', `at most ${high}`);
}

function isOfType(value: Json, type: Json): boolean {
  if (Array.isArray(type)) return type.some((option) => isOfType(value, option));
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    default:
      return true;
  }
}

/** A string that holds, as text, a value of the type: `"5"` for 5, `"[1, 2]"` for a list. */
function isTextOf(value: Json, type: Json): boolean {
  if (typeof value !== 'string' || value.length > 10_000) return false;
  const held = parseJson(value);
  return held !== undefined && isOfType(held, type);
}

const typeName = (type: Json): string => (Array.isArray(type) ? type.join(' or ') : String(type));

function same(left: Json, right: Json): boolean {
  return (
    left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right))
  );
}
