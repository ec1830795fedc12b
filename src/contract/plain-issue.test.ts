import { expect, test } from 'vitest';
import * as z from 'zod';
import { plainIssue } from './plain-issue.ts';

const name = z.string().regex(/^[a-z]+$/, { error: 'must be lowercase letters' });

test.each([
  { schema: z.int(), value: 'x', says: 'must be a number' },
  { schema: z.int(), value: 1.5, says: 'must be a whole number' },
  { schema: z.int().min(1), value: -3, says: 'must be at least 1' },
  { schema: z.number().max(5), value: 9, says: 'must be at most 5' },
  { schema: z.string().min(1), value: '', says: 'must not be empty' },
  { schema: z.string().max(2), value: 'abc', says: 'must have at most 2 characters' },
  { schema: z.array(name).min(1), value: [], says: 'must not be empty' },
  { schema: z.enum(['a', 'b']), value: 'c', says: 'must be one of "a", "b"' },
  { schema: z.boolean(), value: 'yes', says: 'must be true or false' },
  { schema: z.array(name), value: ['B'], says: '0: must be lowercase letters' },
  { schema: z.strictObject({ a: name }), value: { a: 'b', c: 1 }, says: 'there is no field c' },
  {
    schema: z.union([z.int().min(1), z.literal('all')]),
    value: 'x',
    says: 'must be a number or "all"',
  },
  {
    schema: z.union([z.string(), z.object({ text: z.string() })]),
    value: { text: 1 },
    says: 'text: must be text',
  },
  {
    schema: z.record(z.string().min(1), z.string()),
    value: { '': 'x' },
    says: 'must not be empty',
  },
])('$value is refused: $says', ({ schema, value, says }) => {
  expect(plainIssue(schema.safeParse(value).error!.issues[0]!)).toBe(says);
});
