import type { Json, JsonObject } from '../../../contract/json.ts';
import { isRecord, parseJson } from '../../../text/json.ts';
import { sameJson } from './same-json.ts';
import { budgetFor, OutOfSteps, type StepBudget } from './step-budget.ts';
import { validateFully } from './validate-fully.ts';
import { isOfType, typeName } from './value-type.ts';
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

  /**
   * How the value breaks the schema: at most 20 violations. Null when nobody can tell: the schema is
   * broken, or the check needs more steps than its value is worth. Steps are counted, so the answer
   * depends on the data alone.
   */
  violations(value: Json): readonly Violation[] | null {
    this.#isCommon ??= isCommon(this.#definition, 0);
    const budget = budgetFor(value);
    try {
      if (!this.#isCommon) return validateFully(value, this.#definition, budget);
      const found: Violation[] = [];
      check(value, this.#definition, [], found, budget);
      return found;
    } catch (error) {
      if (error instanceof OutOfSteps) return null;
      throw error;
    }
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

/** Keywords that only the full validator knows. */
const RARE = new Set([
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
  'multipleOf',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minProperties',
  'maxProperties',
  'pattern',
  'format',
]);

function isCommon(schema: JsonObject, depth: number): boolean {
  if (depth >= MAX_DEPTH) return false;
  for (const key in schema) {
    if (RARE.has(key)) return false;
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
  budget: StepBudget,
): void {
  budget.spend(1);
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
  if (Array.isArray(schema['enum']) && !isAmong(value, schema['enum'], budget)) {
    add(
      'not allowed',
      schema['enum']
        .slice(0, 12)
        .map((option) => JSON.stringify(option))
        .join(', '),
    );
  }
  if (schema['const'] !== undefined && !sameJson(schema['const'], value, budget)) {
    add('not allowed', JSON.stringify(schema['const']));
  }
  if (Array.isArray(schema['anyOf'])) checkAnyOf(value, schema['anyOf'], path, found, budget);
  if (typeof value === 'number') bounds(value, schema['minimum'], schema['maximum'], add);
  else if (typeof value === 'string')
    bounds(value.length, schema['minLength'], schema['maxLength'], add);
  else if (Array.isArray(value)) {
    bounds(value.length, schema['minItems'], schema['maxItems'], add);
    const { items } = schema;
    if (isRecord(items))
      for (const [index, item] of value.entries())
        check(item, items, [...path, index], found, budget);
  } else if (isRecord(value)) checkObject(value, schema, path, found, budget);
}

function checkObject(
  value: JsonObject,
  schema: JsonObject,
  path: readonly (string | number)[],
  found: Violation[],
  budget: StepBudget,
): void {
  const properties = isRecord(schema['properties']) ? schema['properties'] : null;
  const required = new Set<Json>(Array.isArray(schema['required']) ? schema['required'] : []);
  for (const name of required) {
    budget.spend(1);
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
  const rest = schema['additionalProperties'];
  for (const name in value) {
    const part = value[name];
    if (part === undefined) continue;
    const property =
      properties !== null && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (part === null && isRecord(property) && !required.has(name)) {
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
    } else if (isRecord(property)) check(part, property, [...path, name], found, budget);
    else if (isRecord(rest)) check(part, rest, [...path, name], found, budget);
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
  budget: StepBudget,
): void {
  let fewest: Violation[] | null = null;
  for (const option of options) {
    if (!isRecord(option)) return;
    const attempt: Violation[] = [];
    check(value, option, path, attempt, budget);
    if (attempt.length === 0) return;
    if (fewest === null || attempt.length < fewest.length) fewest = attempt;
  }
  for (const violation of fewest ?? []) found.push(violation);
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

/** A string that holds, as text, a value of the type: `"5"` for 5, `"[1, 2]"` for a list. */
function isTextOf(value: Json, type: Json): boolean {
  if (typeof value !== 'string' || value.length > 10_000) return false;
  const held = parseJson(value);
  return held !== undefined && isOfType(held, type);
}

function isAmong(value: Json, options: readonly Json[], budget: StepBudget): boolean {
  budget.spend(options.length / 8);
  if (typeof value !== 'object' || value === null) return options.includes(value);
  return options.some((option) => sameJson(option, value, budget));
}
