import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collapse, type Segment, splitByQuotes } from './segments.ts';

const shape = (segments: readonly Segment[]): string =>
  segments
    .map((s) => (s.mark === null ? s.text : `[${s.mark}:${s.text}]`) + (s.hidden ? '…' : ''))
    .join('');

test.each([
  ['nothing to mark', [], 'nothing to mark'],
  ['order ACC-9 now', ['ACC-9'], 'order [0:ACC-9] now'],
  ['a b a b', ['b'], 'a [0:b] a b'],
  ['abcdef', ['cd', 'bcde'], 'a[1:bcde]f'],
  ['abcdef', ['abc', 'cde'], '[0:abc][1:de]f'],
  ['abc', ['xyz', ''], 'abc'],
  ['$& and $1', ['$1'], '$& and [0:$1]'],
])('"%s" with quotes %j', (text, quotes, expected) => {
  const marks = quotes.map((quote, number) => ({ number, quote }));
  expect(shape(splitByQuotes(text, marks))).toBe(expected);
});

test('never loses or duplicates a character, whatever the quotes', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 40 });
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 5 }), (text, quotes) => {
      const segments = splitByQuotes(
        text,
        quotes.map((quote, number) => ({ number, quote })),
      );
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
    }),
  );
});

test('cuts long plain text in the middle before a mark and at the end after it', () => {
  const text = `${'a'.repeat(100)}MARK${'b'.repeat(100)}`;
  const short = collapse(splitByQuotes(text, [{ number: 0, quote: 'MARK' }]), 10);
  expect(shape(short)).toBe(`${'a'.repeat(10)}…${'a'.repeat(10)}[0:MARK]${'b'.repeat(10)}…`);
  expect(short.reduce((sum, segment) => sum + segment.text.length + segment.hidden, 0)).toBe(204);
});

test('never splits a character', () => {
  const short = collapse([{ text: `${'😀'.repeat(50)}`, mark: null, hidden: 0 }], 11);
  expect(short[0]?.text).toBe('😀'.repeat(6));
});

test('cuts at a space if one is near', () => {
  const text = `the quick brown fox ${'z'.repeat(60)}`;
  expect(collapse([{ text, mark: null, hidden: 0 }], 18)[0]?.text).toBe('the quick brown');
});
