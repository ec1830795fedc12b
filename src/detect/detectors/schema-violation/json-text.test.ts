import { describe, expect, it } from 'vitest';
import { readJson } from './json-text.ts';

describe('readJson', () => {
  it.each([
    ['{"a": 1}', { a: 1 }],
    ['\n [1, 2] \n', [1, 2]],
  ])('reads %j', (text, value) => {
    expect(readJson(text)).toEqual({ kind: 'json', value });
  });

  it.each([
    ['```json\n{"a": 1}\n```', 'json in code fence'],
    ['Sure! Here you go:\n\n```json\n{\n  "a": 1\n}\n```', 'prose around json'],
    ['The answer: {"a": 1}', 'prose around json'],
    ['{"a": 1} Is there more?', 'prose around json'],
    ["{'a': True}", 'single quotes in json'],
    ['{"a": [1, 2, {"b": "half', 'truncated json'],
    ['{"a": 1,, "b": 2}', 'invalid json'],
    ['{"a": undefined}', 'invalid json'],
    ['I cannot do that [sorry].', 'no json'],
    ['Done.', 'no json'],
    ['42', 'no json'],
  ])('finds in %j: %s', (text, problem) => {
    expect(readJson(text)).toMatchObject({ kind: 'problem', problem });
  });

  it('quotes verbatim', () => {
    for (const text of ['```json\n{"a": 1}\n```', "x {'a': 1}", '{"a": "', 'none']) {
      const read = readJson(text);
      expect(read.kind === 'problem' && text.includes(read.quote)).toBe(true);
    }
  });

  it.each(['```\n', '{', '{"a":', '["', '"', '```json\n{'])(
    'reads long runs of %j in linear time',
    (unit) => {
      // A quadratic reader exceeds the time limit of a test.
      expect(readJson(unit.repeat(200_000 / unit.length)).kind).toBe('problem');
    },
  );
});
