import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import { isRedacted } from '../message/redaction.ts';
import { transcriptMessages } from '../message/transcript.ts';
import { isEmpty, numberOf, structured, textOf } from './json-value.ts';

describe('structured', () => {
  it.each<[string, Json, unknown]>([
    ['a value', { a: 1 }, { a: 1 }],
    ['JSON', ' {"a":1}', { a: 1 }],
    ['JSON in JSON', '"{\\"a\\":1}"', { a: 1 }],
    ['text in JSON', '"plain"', 'plain'],
    [
      'JSON three deep is left where it is',
      JSON.stringify(JSON.stringify('{"a":1}')),
      '"{\\"a\\":1}"',
    ],
    ['text', 'plain', 'plain'],
    ['a number stays text', '7', '7'],
    ['broken JSON', '{"a":', '{"a":'],
    ['prototype keys go', '{"a":1,"__proto__":{"b":2}}', { a: 1 }],
    [
      'text beyond 8 MiB is not parsed',
      `[${' '.repeat(8 * 1024 * 1024)}]`,
      `[${' '.repeat(8 * 1024 * 1024)}]`,
    ],
  ])('%s', (_, value, expected) => {
    expect(structured(value)).toEqual(expected);
  });
});

describe('a Python literal', () => {
  it.each<[string, unknown]>([
    [
      "{'a': 'b', \"c\": [1, True, None], 'd': {'e': -2.5}}",
      { a: 'b', c: [1, true, null], d: { e: -2.5 } },
    ],
    ["{'quote': 'it\\'s', 'line': 'a\\nb'}", { quote: "it's", line: 'a\nb' }],
    ['[(1, 2)]', [[1, 2]]],
    ["{'a': datetime(2026)}", undefined],
    ['plain', undefined],
    ["{'open", undefined],
  ])('%s', (text, expected) => {
    expect(pythonLiteral(text)).toEqual(expected);
  });
});

it.each([
  ['__REDACTED__', true],
  [' [redacted] ', true],
  ['<REDACTED>', true],
  ['REDACTED by policy', true],
  ['the word redacted in a sentence', false],
  ['', false],
])('%j is a redaction mark: %s', (text, expected) => {
  expect(isRedacted(text)).toBe(expected);
});

it('a transcript opens a message at each role', () => {
  expect(
    transcriptMessages('system: Be kind.\nuser: Hi\nthere?\nassistant: Ho.').map(
      ({ role, content }) => `${role}: ${content}`,
    ),
  ).toEqual(['system: Be kind.', 'user: Hi\nthere?', 'assistant: Ho.']);
  expect(transcriptMessages('Dear user: hello')).toEqual([]);
});

it.each<[Json, boolean]>([
  [null, true],
  ['', true],
  ['{}', true],
  [{}, true],
  [[], true],
  [0, false],
  [false, false],
  ['x', false],
])('%j is empty: %s', (value, expected) => {
  expect(isEmpty(value)).toBe(expected);
});

it('text and numbers come out of any value', () => {
  expect([textOf('a'), textOf(null), textOf({ a: 1 }), textOf(3)]).toEqual([
    'a',
    '',
    '{"a":1}',
    '3',
  ]);
  expect([
    numberOf('1.5'),
    numberOf(''),
    numberOf('x'),
    numberOf(true),
    numberOf('Infinity'),
  ]).toEqual([1.5, null, null, null, null]);
});
