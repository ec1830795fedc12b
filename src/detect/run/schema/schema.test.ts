import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { Schema } from './schema.ts';

const validate = (value: Json, schema: JsonObject) => new Schema(schema).violations(value);

const order: JsonObject = {
  type: 'object',
  properties: {
    order_id: { type: 'string', minLength: 3 },
    amount: { type: 'number', minimum: 0, maximum: 100 },
    count: { type: 'integer' },
    reason: { type: 'string', enum: ['damaged', 'late'] },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
  required: ['order_id'],
};

describe('Schema', () => {
  it.each<[string, Json, string, (string | number)[]]>([
    ['a missing required property', {}, 'missing', ['order_id']],
    ['a wrong type', { order_id: 7 }, 'wrong type', ['order_id']],
    ['a fraction for an integer', { order_id: 'A-1', count: 1.5 }, 'wrong type', ['count']],
    ['a value not in the enumeration', { order_id: 'A-1', reason: 'x' }, 'not allowed', ['reason']],
    ['a number over the maximum', { order_id: 'A-1', amount: 101 }, 'out of range', ['amount']],
    ['a string too short', { order_id: 'A' }, 'out of range', ['order_id']],
    ['a property the schema does not name', { order_id: 'A-1', id: 1 }, 'unexpected', ['id']],
    ['no branch of anyOf', { order_id: 'A-1', note: 5 }, 'wrong type', ['note']],
    [
      'a wrong type deep inside',
      { order_id: 'A-1', lines: [{ sku: 'a' }, { sku: 2 }] },
      'wrong type',
      ['lines', 1, 'sku'],
    ],
  ])('reports %s', (_, value, kind, path) => {
    expect(validate(value, order)).toMatchObject([{ kind, path }]);
  });

  it('accepts a value that fits', () => {
    expect(validate({ order_id: 'A-1', amount: 5, note: null, reason: 'late' }, order)).toEqual([]);
  });

  it('lets a schema open itself with additionalProperties', () => {
    const open = { ...order, additionalProperties: true };
    expect(validate({ order_id: 'A-1', id: 1 }, open)).toEqual([]);
  });

  it.each<[string, JsonObject, Json, string]>([
    ['pattern', { type: 'string', pattern: '^[A-Z]+$' }, 'abc', 'wrong format'],
    ['format', { type: 'string', format: 'date' }, 'tomorrow', 'wrong format'],
    ['not', { not: { type: 'string' } }, 'abc', 'not allowed'],
    ['$ref', { $ref: '#/$defs/id', $defs: { id: { type: 'string' } } }, 5, 'wrong type'],
    ['multipleOf', { type: 'number', multipleOf: 2 }, 3, 'out of range'],
  ])('knows the rarer keyword %s', (_, schema, value, kind) => {
    expect(validate(value, schema)?.map((violation) => violation.kind)).toContain(kind);
  });

  it('cannot tell by a schema that is itself broken', () => {
    expect(validate({ a: 1 }, { $ref: '#/nowhere' })).toBeNull();
    expect(validate('x', { type: 'string', pattern: '(' })).toBeNull();
  });

  it('agrees with the full validator on common schemas', () => {
    const scalar = fc.constantFrom<JsonObject>(
      { type: 'string', maxLength: 2 },
      { type: 'integer', minimum: 0 },
      { type: ['number', 'null'] },
      { enum: [1, 'a', null] },
      { anyOf: [{ type: 'boolean' }, { const: 'a' }] },
    );
    const schema = fc.letrec<{ node: JsonObject }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.record({ type: fc.constant('array'), items: tie('node'), maxItems: fc.constant(2) }),
        fc.record({
          type: fc.constant('object'),
          properties: fc.record({ a: tie('node'), b: tie('node') }),
          required: fc.constantFrom([], ['a']),
          additionalProperties: fc.constantFrom(true, false),
        }),
      ),
    })).node;
    const value = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Json>('a', 'abc', 1, -1, 0.5, null, true),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(schema, value, (given, instance) => {
        const full = new Validator(given, '2020-12', false).validate(instance);
        expect(validate(instance, given)?.length === 0).toBe(full.valid);
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});
