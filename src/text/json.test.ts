import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

/** What the parser of the platform says, for texts without prototype keys. */
function expected(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('a text that is told apart by its ends is one that does not parse', () => {
  const piece = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      '"a"',
      ':',
      ',',
      ' ',
      '\n',
      '\t',
      '\u00a0',
      '\ufeff',
      '-',
      '1',
      'e5',
    ],
    ...['true', 'false', 'null', 'tru', 'nil', 'x', "'a'", 'f(x)', '0.5', '.5', '\\"'],
  );
  const near = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const padded = fc
    .tuple(fc.json(), fc.constantFrom('', ' ', '\n\t', '\r'))
    .map(([text, space]) => `${space}${text}${space}`);
  fc.assert(
    fc.property(fc.oneof(near, padded, fc.string()), (text) => {
      fc.pre(!/__proto__|constructor|prototype/.test(text));
      expect(parseJson(text)).toEqual(expected(text));
    }),
    { numRuns: 3_000 },
  );
});

test.each(['[f(x=1)]', "{'a': 1}", '[1] and more', '{"a": 1', '"', '', '   ', 'null and void'])(
  'no JSON: %j',
  (text) => expect(parseJson(text)).toBeUndefined(),
);

test.each(['{}', '[ ]', ' {"a": [null, true]} ', '"text"', '-1.5', 'false', '[[1], "b"]'])(
  'JSON: %j',
  (text) => expect(parseJson(text)).toEqual(JSON.parse(text)),
);
