import { describe, expect, test } from 'vitest';
import { argumentSchema } from './argument-schema.ts';

const schema = {
  type: 'object',
  properties: {
    order_id: { type: 'string', description: 'The id.' },
    reason: { enum: ['broken', 'late'] },
    note: { type: ['string', 'null'] },
  },
  required: ['order_id'],
};

describe('what a schema says of an argument', () => {
  test.each([
    ['order_id', 'string, required, “The id.”'],
    ['reason', 'one of broken, late'],
    ['note', 'string or null'],
    ['order', 'not in the schema'],
  ])('%s', (name, text) => {
    expect(argumentSchema(schema, name)).toBe(text);
  });

  test('says nothing where the schema has no properties', () => {
    expect(argumentSchema({ type: 'object' }, 'order_id')).toBe('');
  });
});
