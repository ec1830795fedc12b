import { expect, test } from 'vitest';
import { askCheck } from '../../testing/ask-check.ts';

const ORDER =
  '{"id": 7, "items": [{"sku": "A", "status": "shipped"}, {"sku": "B", "status": "open"}]}';

test.each([
  ['json', {}, ORDER, 'pass'],
  ['json', {}, `Here it is: ${ORDER}`, 'fail'],
  ['json', { repair: true }, `Here it is: ${ORDER}`, 'pass'],
  ['json', { repair: true }, "```json\n{'a': 1,}\n```", 'pass'],
  ['json', { repair: true }, 'I am sorry.', 'fail'],
  ['json_schema', { schema: { type: 'object', required: ['id'] } }, ORDER, 'pass'],
  ['json_schema', { schema: { properties: { id: { type: 'string' } } } }, ORDER, 'fail'],
  ['json_schema', { schema: { type: 'object' } }, 'no JSON', 'fail'],
  ['json_path', { path: '$.items[*].status', equals: 'open' }, ORDER, 'pass'],
  ['json_path', { path: '$.items[*].status', equals: 'lost' }, ORDER, 'fail'],
  ['json_path', { path: '$.items[?@.sku == "B"]' }, ORDER, 'pass'],
  ['json_path', { path: '$.total' }, ORDER, 'fail'],
  ['json_equals', { value: { a: [1, 2], b: null } }, '{"b": null, "a": [1.0, 2]}', 'pass'],
  ['json_equals', { value: { a: [1, 2] } }, '{"a": [2, 1]}', 'fail'],
  ['json_equals', {}, '{}', 'cannot_tell'],
  [
    'json_fields',
    { value: { name: 'Ada', age: 36 }, min: 1 },
    '{"name": "Ada", "age": 36, "x": 1}',
    'pass',
  ],
  [
    'json_fields',
    { value: { name: 'Ada', age: 36 }, min: 1 },
    '{"name": "Ada", "age": "36"}',
    'fail',
  ],
  ['json_fields', { value: { name: 'Ada', age: 36 }, min: 0.5 }, '{"name": "Ada"}', 'pass'],
  ['xml', {}, '<a><b x="1"/>text</a>', 'pass'],
  ['xml', {}, '<a><b></a>', 'fail'],
  ['xml', {}, 'no tags', 'fail'],
  ['yaml', {}, 'a: 1\nb:\n  - x\n', 'pass'],
  ['yaml', {}, 'a: 1\na: 2\n', 'fail'],
  ['yaml', {}, 'only words', 'fail'],
  ['code_block', { language: 'python' }, 'Try:\n```python\nprint(1)\n```\n', 'pass'],
  ['code_block', { language: 'python' }, 'Try:\n```js\n1\n```\n', 'fail'],
  ['code_block', {}, 'Try:\n```js\n1\n', 'fail'],
] as const)('%s %o of %s: %s', async (check, params, answer, verdict) => {
  expect((await askCheck(check, params, answer)).verdict).toBe(verdict);
});

test('a schema that is too expensive cannot be told, in bounded time', async () => {
  const doubling = { $defs: {} as Record<string, unknown>, $ref: '#/$defs/a0' };
  for (let level = 0; level < 40; level += 1)
    doubling.$defs[`a${level}`] = {
      allOf: [{ $ref: `#/$defs/a${level + 1}` }, { $ref: `#/$defs/a${level + 1}` }],
    };
  doubling.$defs['a40'] = { type: 'object' };
  expect((await askCheck('json_schema', { schema: doubling }, '{}')).verdict).toBe('cannot_tell');
});

test.each(['$.a[?match(@.b, "(a+)+")]', 'not a path', '$['])(
  'the path %s is refused',
  async (path) => {
    await expect(askCheck('json_path', { path }, '{}')).rejects.toThrow('is not a JSONPath');
  },
);
