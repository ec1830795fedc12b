import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { Schema } from './schema.ts';
import { budgetFor, StepBudget } from './step-budget.ts';
import { validateFully } from './validate-fully.ts';

const validate = (value: Json, schema: JsonObject) => new Schema(schema).violations(value);

const fully = (value: Json, schema: JsonObject) => validateFully(value, schema, budgetFor(value));

const node = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(
      true,
      false,
      { type: 'string', maxLength: 2 },
      { type: 'integer', exclusiveMinimum: 0 },
      { multipleOf: 0.1 },
      { pattern: '^a+b?$' },
      { enum: [1, 'a', null, { a: 1, b: [2] }] },
      { const: { b: [2], a: 1 } },
      { uniqueItems: true },
      { $ref: '#/$defs/short' },
      { $ref: '#named' },
      { minProperties: 1, maxProperties: 2 },
      { format: 'date' },
    ),
    fc.record(
      {
        type: fc.constantFrom('object', 'array', 'string', ['number', 'null']),
        properties: fc.record({ a: tie('node'), b: tie('node') }),
        required: fc.constantFrom([], ['a'], ['b', 'c']),
        additionalProperties: tie('node'),
        patternProperties: fc.record({ '^[ab]': tie('node') }),
        propertyNames: fc.constantFrom({ maxLength: 1 }, { pattern: '^[a-c]$' }),
        unevaluatedProperties: fc.constantFrom(false, true),
        dependentRequired: fc.constant({ a: ['b'] }),
        dependentSchemas: fc.record({ b: tie('node') }),
        items: tie('node'),
        prefixItems: fc.tuple(tie('node')),
        contains: tie('node'),
        not: tie('node'),
        if: tie('node'),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: tie('node'),
        else: tie('node'),
      },
      { requiredKeys: [] },
    ),
    fc.array(tie('node'), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('node'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
  ),
})).node;

const value = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>('a', 'aab', '2024-02-29', 1, -1, 0.3, 0.35, null, true),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'long'), tie('node'), { maxKeys: 3 }),
  ),
})).node;

describe('the full validator', () => {
  it('agrees with another implementation on whether a value keeps a schema', () => {
    let kept = 0;
    fc.assert(
      fc.property(node, value, (rule, instance) => {
        const schema: JsonObject = {
          allOf: [rule],
          $defs: { short: { maxLength: 2 }, other: { $anchor: 'named', type: 'string' } },
        };
        const { valid } = new Validator(structuredClone(schema), '2020-12', false).validate(
          instance,
        );
        const wrapped = fully(instance, { not: { not: schema }, $defs: schema['$defs'] as Json });
        kept += Number(valid);
        expect(wrapped?.length === 0).toBe(valid);
      }),
      { seed: 5, numRuns: 1000 },
    );
    expect(kept).toBeGreaterThan(150);
  });

  it.each<[string, JsonObject, Json]>([
    ['a lookahead', { properties: { a: { pattern: '^(?=x)' } } }, { a: 'x' }],
    ['a reference to elsewhere', { $ref: 'https://example.com/schema' }, 1],
    ['references in a circle', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }, 1],
    ['a lookahead under not', { not: { pattern: '(?!x)' } }, 'y'],
  ])('cannot tell by %s', (_, schema, given) => {
    expect(validate(given, schema)).toBeNull();
  });

  it('still reports what it is sure of beside a pattern it cannot run', () => {
    const schema = { properties: { a: { pattern: '(?=x)' }, b: { type: 'string' } }, allOf: [] };
    expect(validate({ a: 'x', b: 1 }, schema)).toMatchObject([{ kind: 'wrong type', path: ['b'] }]);
  });

  it('gives up on definitions that double, after a number of steps that their count does not change', () => {
    const doubling = (count: number): JsonObject => ({
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `d${index}`,
          index === count - 1
            ? { type: 'string' }
            : { allOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
        ]),
      ),
    });
    expect(validate('x', doubling(8))).toEqual([]);
    expect(validate('x', doubling(40))).toBeNull();
  });

  it('compares items for uniqueness in a number of steps in proportion to theirs', () => {
    const steps = (count: number): number => {
      const budget = new StepBudget(1e9);
      const items = Array.from({ length: count }, (_, a) => ({ a }));
      validateFully(items, { uniqueItems: true }, budget);
      return 1e9 - budget.left;
    };
    expect(steps(4000)).toBeLessThan(2.2 * steps(2000));
    expect(
      validate(
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
        { uniqueItems: true },
      ),
    ).toHaveLength(1);
  });

  it('does not compare every item with every value of a long enumeration', () => {
    const many = (count: number) => Array.from({ length: count }, (_, a) => ({ a }));
    expect(validate(many(3000).toReversed(), { items: { enum: many(3000) } })).toBeNull();
  });

  it('gives up on a pattern that is large and a text that is long', () => {
    const schema = { type: 'string', pattern: '^(?:[a-z]{1,400}[0-9]{1,400})+$' };
    expect(validate('ab1', schema)).toEqual([]);
    expect(validate('ab1'.repeat(100_000), schema)).toBeNull();
  });

  it('matches a pattern that makes a backtracking engine hang', () => {
    const schema = { type: 'string', pattern: '^(a+)+$' };
    expect(validate(`${'a'.repeat(5000)}!`, schema)).toMatchObject([{ kind: 'wrong format' }]);
  });

  it('leaves formats whose check has no bound untold', () => {
    expect(validate(`http://${'a'.repeat(60)}!`, { format: 'url' })).toEqual([]);
  });
});
