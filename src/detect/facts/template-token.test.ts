import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextToken, type TemplateToken } from './template-token.ts';

/** The same as one pattern, which says what a token is. */
const PATTERN =
  /(["'`])([^"'`\n]{0,200})\1(\s{0,2}:)?|\[([^\]\n]{0,200})\]|(\{\s*\})|[\p{L}_][\p{L}\p{N}_'\u2019-]{0,60}|[-+]?[$€£]?\d[\p{L}\d.,:/%-]{0,60}/gu;

function byPattern(text: string): readonly TemplateToken[] {
  return [...text.matchAll(PATTERN)].map((match) => {
    const [whole, quote, quoted = '', colon, list, braces] = match;
    const kind =
      quote !== undefined
        ? colon === undefined
          ? 'value'
          : 'field'
        : list !== undefined
          ? 'list'
          : braces !== undefined
            ? 'braces'
            : whole.charCodeAt(0) < 65
              ? 'number'
              : /\d/.test(whole)
                ? 'id'
                : 'word';
    return { kind, start: match.index, end: match.index + whole.length, inner: list ?? quoted };
  });
}

function all(text: string): readonly TemplateToken[] {
  const found: TemplateToken[] = [];
  for (let next = nextToken(text, 0); next !== null; next = nextToken(text, next.end))
    found.push(next);
  return found;
}

const piece = fc.oneof(
  fc.constantFrom(
    ...'"\'`:[]{} \n\t+-$€£0123456789aZ_é漢😀.,/%’'.split(''),
    'Error',
    'a'.repeat(61),
    '7'.repeat(61),
    'b'.repeat(200),
    ' '.repeat(3),
    '\u00a0',
    '\u2028',
    '\ud83d',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

test('tokens are those of the pattern', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      const text = pieces.join('');
      expect(all(text)).toEqual(byPattern(text));
    }),
    { numRuns: 3_000 },
  );
});

test('a quoted text before a colon is the name of a field', () => {
  expect(all('{"status": "Not found", [1, 2] {} -$3.50').map(({ kind }) => kind)).toEqual([
    'field',
    'value',
    'list',
    'braces',
    'number',
  ]);
});
