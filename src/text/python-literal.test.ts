import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonLiteral } from './python-literal.ts';

test.each<[string, unknown]>([
  [
    "{'a': [1, -2.5e3, True, None], 'b': ('x', \"it's\")}",
    { a: [1, -2500, true, null], b: ['x', "it's"] },
  ],
  ["{'name': 'b\\u00e9chamel', 'tab': '\\x41\\t'}", { name: 'béchamel', tab: 'A\t' }],
  ["{'mixed': null, 'words': True}", { mixed: null, words: true }],
  ["{'line': 'a\nb'}", { line: 'a\nb' }],
  ["{'__proto__': {'x': 1}, 'y': 2}", { y: 2 }],
])('reads %s', (text, expected) => {
  expect(pythonLiteral(text)).toEqual(expected);
});

test.each(["{'a': date(2026, 1, 1)}", "{1: 'a'}", "{'a': b}", "['a' 1]", 'True', "{'a': 1e999}"])(
  'does not read %s',
  (text) => {
    expect(pythonLiteral(text)).toBeUndefined();
  },
);

test('reads every JSON object as JSON does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/__proto__|constructor|prototype/.test(text));
      expect(pythonLiteral(text)).toEqual(JSON.parse(text));
    }),
    { seed: 3, numRuns: 300 },
  );
});
