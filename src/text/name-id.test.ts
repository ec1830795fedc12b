import { expect, test } from 'vitest';
import { nameId } from './name-id.ts';

test.each([
  ['Wrong tool', 'wrong-tool'],
  ['  “Güte” of the answer! ', 'gute-of-the-answer'],
  ['c-7f3a', 'c-7f3a'],
  ['評価', 'unnamed'],
  ['', 'unnamed'],
])('%o becomes the id %s', (name, id) => {
  expect(nameId(name)).toBe(id);
});

test('an id is not taken, not too long, and has no joint at its end', () => {
  expect(nameId('Cost', { taken: ['cost', 'cost-2'] })).toBe('cost-3');
  expect(nameId('Wrong tool', { joint: '_', taken: ['wrong_tool'] })).toBe('wrong_tool_2');
  expect(nameId('one two', { most: 4 })).toBe('one');
  expect(nameId('評価', { or: 'x7' })).toBe('x7');
});
