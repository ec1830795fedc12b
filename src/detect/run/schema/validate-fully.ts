import type { Json, JsonObject } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';
import { linearPattern } from '../../../text/linear-pattern.ts';
import { Findings, type Outcome, type Truth } from './findings.ts';
import { isMultipleOf } from './multiple-of.ts';
import { canonicalJson, sameJson } from './same-json.ts';
import { isDocument, type SchemaReferences, schemaReferences } from './schema-reference.ts';
import type { StepBudget } from './step-budget.ts';
import { hasFormat } from './string-format.ts';
import { isOfType, typeName } from './value-type.ts';
import { MOST_VIOLATIONS, type Violation } from './violation.ts';

/**
 * Every keyword of JSON Schema 2020-12 and the older ones still in use, slower than the common ones
 * alone. Null when nobody can tell: a reference that leads nowhere, a pattern that needs
 * backtracking, nesting over 200 schemas.
 * @throws OutOfSteps when the budget is spent.
 */
export function validateFully(
  value: Json,
  schema: JsonObject,
  budget: StepBudget,
): readonly Violation[] | null {
  const check = new SchemaCheck(budget, schemaReferences(schema));
  const { truth, violations } = check.run(value, schema, { path: [], root: schema, depth: 0 });
  return truth === 'unknown' ? null : violations;
}

interface Place {
  readonly path: readonly (string | number)[];
  /** The document that `#` means here. */
  readonly root: JsonObject;
  readonly depth: number;
}

/** Names or indexes of parts that a schema has covered, for the `unevaluated…` keywords. */
type Covered = Set<string>;

const MAX_DEPTH = 200;
const UNKNOWN: Outcome = { truth: 'unknown', violations: [] };
const VALID: Outcome = { truth: 'yes', violations: [] };
const INVALID: Outcome = { truth: 'no', violations: [] };

class SchemaCheck {
  readonly #budget: StepBudget;
  readonly #references: SchemaReferences;

  constructor(budget: StepBudget, references: SchemaReferences) {
    this.#budget = budget;
    this.#references = references;
  }

  run(value: Json, schema: Json | undefined, place: Place, covered: Covered = new Set()): Outcome {
    this.#budget.spend(1);
    if (schema === undefined || schema === true) return VALID;
    if (schema === false) return INVALID;
    if (!isRecord(schema) || place.depth > MAX_DEPTH) return UNKNOWN;
    if (value === null && schema['nullable'] === true) return VALID;
    const here: Place = {
      path: place.path,
      root: isDocument(schema) ? schema : place.root,
      depth: place.depth + 1,
    };
    const found = new Findings(here.path);
    this.#reference(value, schema, here, covered, found);
    this.#kind(value, schema, found);
    this.#combinations(value, schema, here, covered, found);
    if (isRecord(value)) this.#members(value, schema, here, covered, found);
    else if (Array.isArray(value))
      this.#list(value as readonly Json[], schema, here, covered, found);
    else if (typeof value === 'number') this.#amount(value, schema, found);
    else if (typeof value === 'string') this.#text(value, schema, found);
    return found;
  }

  #reference(
    value: Json,
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
  ): void {
    const { $ref, $recursiveRef, $dynamicRef } = schema;
    for (const reference of [$ref, $recursiveRef, $dynamicRef]) {
      if (reference === undefined) continue;
      const target =
        typeof reference === 'string' ? this.#references.find(reference, here.root) : null;
      if (target === null) found.unsure();
      else found.require(this.run(value, target.schema, { ...here, root: target.root }, covered));
    }
  }

  #kind(value: Json, schema: JsonObject, found: Findings): void {
    const { type, enum: options, const: only } = schema;
    if (type !== undefined && !isOfType(value, type)) found.fail('wrong type', typeName(type));
    if (only !== undefined && !sameJson(only, value, this.#budget)) found.fail('not allowed');
    if (Array.isArray(options) && !this.#isAmong(value, options)) found.fail('not allowed');
  }

  #isAmong(value: Json, options: readonly Json[]): boolean {
    this.#budget.spend(options.length / 8);
    if (typeof value !== 'object' || value === null) return options.includes(value);
    return options.some((option) => sameJson(option, value, this.#budget));
  }

  #combinations(
    value: Json,
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
  ): void {
    const { not, anyOf, allOf, oneOf } = schema;
    const inside = (part: Json | undefined): [Outcome, Covered] => {
      const own: Covered = new Set();
      return [this.run(value, part, here, own), own];
    };
    const cover = (own: Covered): void => {
      for (const name of own) covered.add(name);
    };
    if (not !== undefined) {
      const [{ truth }] = inside(not);
      if (truth === 'yes') found.fail('not allowed');
      else if (truth === 'unknown') found.unsure();
    }
    if (Array.isArray(anyOf)) this.#alternatives(anyOf, inside, cover, found, false);
    for (const part of Array.isArray(allOf) ? allOf : []) {
      const [outcome, own] = inside(part);
      if (outcome.truth !== 'no') cover(own);
      found.require(outcome);
    }
    if (Array.isArray(oneOf)) this.#alternatives(oneOf, inside, cover, found, true);
    if (schema['if'] === undefined) return;
    const [{ truth }, own] = inside(schema['if']);
    if (truth === 'no') found.require(this.run(value, schema['else'], here, covered));
    else {
      cover(own);
      if (truth === 'yes') found.require(this.run(value, schema['then'], here, covered));
      else found.unsure();
    }
  }

  #alternatives(
    parts: readonly Json[],
    inside: (part: Json) => [Outcome, Covered],
    cover: (own: Covered) => void,
    found: Findings,
    onlyOne: boolean,
  ): void {
    const outcomes = parts.map((part) => {
      const [outcome, own] = inside(part);
      if (outcome.truth !== 'no') cover(own);
      return outcome;
    });
    const count = (wanted: Truth) => outcomes.filter(({ truth }) => truth === wanted).length;
    const [valid, unknown] = [count('yes'), count('unknown')];
    if (onlyOne ? valid === 1 && unknown === 0 : valid > 0) return;
    if (unknown > 0 && valid < 2) {
      found.unsure();
      return;
    }
    found.fail(onlyOne ? 'not allowed' : undefined);
    for (const { violations } of outcomes) found.addAll(violations);
  }

  #members(
    value: JsonObject,
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
  ): void {
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    this.#budget.spend(names.length);
    const has = (name: Json): boolean =>
      typeof name === 'string' && Object.hasOwn(value, name) && value[name] !== undefined;
    const { required, minProperties, maxProperties } = schema;
    for (const name of Array.isArray(required) ? (required as readonly Json[]) : []) {
      this.#budget.spend(1);
      if (typeof name === 'string' && !has(name))
        found.fail('missing', 'a value', [...here.path, name]);
    }
    if (typeof minProperties === 'number' && names.length < minProperties) found.fail();
    if (typeof maxProperties === 'number' && names.length > maxProperties) found.fail();
    this.#dependencies(value, schema, here, covered, found, has);
    if (schema['propertyNames'] !== undefined) {
      for (const name of names) {
        const outcome = this.run(name, schema['propertyNames'], below(here, name));
        if (outcome.truth === 'no') found.fail('unexpected', '', [...here.path, name]);
        found.require(outcome);
      }
    }
    this.#properties(value, names, schema, here, covered, found);
  }

  #dependencies(
    value: JsonObject,
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
    has: (name: Json) => boolean,
  ): void {
    for (const key of ['dependentRequired', 'dependentSchemas', 'dependencies']) {
      const rules = schema[key];
      if (!isRecord(rules)) continue;
      for (const [name, rule] of Object.entries(rules)) {
        this.#budget.spend(1);
        if (!has(name)) continue;
        if (!Array.isArray(rule)) found.require(this.run(value, rule, here, covered));
        else {
          this.#budget.spend(rule.length);
          if (!rule.every(has)) found.fail();
        }
      }
    }
  }

  #properties(
    value: JsonObject,
    names: readonly string[],
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
  ): void {
    const { properties, patternProperties, additionalProperties, unevaluatedProperties } = schema;
    const own = isRecord(properties) ? properties : {};
    const patterns = isRecord(patternProperties) ? Object.entries(patternProperties) : [];
    const seen = new Set<string>();
    const part = (name: string, rule: Json | undefined, unexpected = false): void => {
      const outcome = this.run(value[name] ?? null, rule, below(here, name));
      seen.add(name);
      if (outcome.truth !== 'no') covered.add(name);
      else if (unexpected) found.fail('unexpected', '', [...here.path, name]);
      found.require(outcome);
    };
    for (const name of Object.keys(own)) {
      this.#budget.spend(1);
      if (value[name] !== undefined && Object.hasOwn(value, name)) part(name, own[name]);
    }
    for (const [source, rule] of patterns) {
      for (const name of names) {
        const matches = this.#matches(source, name);
        if (matches === true) part(name, rule);
        else if (matches === null) {
          found.unsure();
          seen.add(name);
          covered.add(name);
        }
      }
    }
    if (additionalProperties !== undefined) {
      for (const name of names) if (!seen.has(name)) part(name, additionalProperties, true);
    } else if (unevaluatedProperties !== undefined) {
      for (const name of names) if (!covered.has(name)) part(name, unevaluatedProperties, true);
    }
  }

  #list(
    value: readonly Json[],
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
  ): void {
    within(value.length, schema['minItems'], schema['maxItems'], found);
    const { items, prefixItems, additionalItems, unevaluatedItems } = schema;
    const first = [prefixItems, items].find((part) => Array.isArray(part));
    const rest = Array.isArray(items) ? additionalItems : items;
    for (const [index, item] of value.entries()) {
      const isFirst = Array.isArray(first) && index < first.length;
      const rule = isFirst ? (first[index] as Json) : rest;
      if (rule !== undefined) {
        covered.add(String(index));
        found.require(this.run(item, rule, below(here, index)));
      }
    }
    this.#contained(value, schema, here, covered, found);
    if (unevaluatedItems !== undefined) {
      for (const [index, item] of value.entries()) {
        if (!covered.has(String(index)))
          found.require(this.run(item, unevaluatedItems, below(here, index)));
      }
    }
    if (schema['uniqueItems'] !== true) return;
    const texts = new Set(value.map((item) => canonicalJson(item, this.#budget)));
    if (texts.size < value.length) found.fail('not allowed');
  }

  #contained(
    value: readonly Json[],
    schema: JsonObject,
    here: Place,
    covered: Covered,
    found: Findings,
  ): void {
    const { contains, minContains, maxContains } = schema;
    if (contains === undefined) return;
    const failures: Violation[] = [];
    let [valid, unknown] = [0, 0];
    for (const [index, item] of value.entries()) {
      const { truth, violations } = this.run(item, contains, below(here, index));
      if (truth !== 'no') covered.add(String(index));
      if (truth === 'yes') valid++;
      else if (truth === 'unknown') unknown++;
      else if (failures.length < MOST_VIOLATIONS)
        for (const each of violations) failures.push(each);
    }
    const fewest = typeof minContains === 'number' ? minContains : 1;
    const most = typeof maxContains === 'number' ? maxContains : Number.POSITIVE_INFINITY;
    if (valid + unknown < fewest) {
      found.fail();
      found.addAll(failures);
    } else if (valid > most) found.fail();
    else if (valid < fewest || valid + unknown > most) found.unsure();
  }

  #amount(value: number, schema: JsonObject, found: Findings): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    within(value, minimum, maximum, found);
    if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
      found.fail('out of range', `over ${exclusiveMinimum}`);
    if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
      found.fail('out of range', `under ${exclusiveMaximum}`);
    if (typeof multipleOf === 'number' && !isMultipleOf(value, multipleOf))
      found.fail('out of range', `a multiple of ${multipleOf}`);
  }

  #text(value: string, schema: JsonObject, found: Findings): void {
    const { minLength, maxLength, pattern, format } = schema;
    if (minLength !== undefined || maxLength !== undefined)
      within(codePoints(value), minLength, maxLength, found);
    if (typeof pattern === 'string') {
      const matches = this.#matches(pattern, value);
      if (matches === null) found.unsure();
      else if (!matches) found.fail('wrong format', 'its pattern');
    }
    if (typeof format === 'string' && hasFormat(format, value) === false)
      found.fail('wrong format', format);
  }

  #matches(source: string, text: string): boolean | null {
    const pattern = linearPattern(source);
    if (pattern === null) return null;
    this.#budget.spend(1 + (pattern.size * text.length) / 64);
    return pattern.test(text);
  }
}

const below = (here: Place, part: string | number): Place => ({
  ...here,
  path: [...here.path, part],
});

function within(
  amount: number,
  low: Json | undefined,
  high: Json | undefined,
  found: Findings,
): void {
  if (typeof low === 'number' && amount < low) found.fail('out of range', `at least ${low}`);
  if (typeof high === 'number' && amount > high) found.fail('out of range', `at most ${high}`);
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
