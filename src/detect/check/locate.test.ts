import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate } from './locate.ts';

const text = 'He said:\n  “It’s done –  refund sent.”\u200b Bye.';

test.each([
  ['as it is', 'refund sent', 'refund sent'],
  ['with white space folded', 'He said: “It', 'He said:\n  “It'],
  ['with other quotation marks and dashes', '"It\'s done - refund', '“It’s done –  refund'],
  ['over an invisible character', 'sent.” Bye.', 'sent.”\u200b Bye.'],
])('finds a quote %s and returns the original words', (_, quote, words) => {
  expect(locate(text, quote)).toBe(words);
  expect(text).toContain(words);
});

test.each([
  ['other words', 'refund was sent'],
  ['other capitals', 'REFUND SENT'],
  ['words left out', 'It’s done … sent'],
  ['too little to be a quote', 'Bye'],
  ['nothing', '   '],
])('%s are not found', (_, quote) => {
  expect(locate(text, quote)).toBeNull();
});

test('quotes a short text in full', () => {
  expect(locate(' OK ', 'OK')).toBe('OK');
});

test('finds only quotes that are in the text, and every long substring of it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12, unit: 'grapheme' }), fc.nat(), (whole, from) => {
      const piece = whole.slice(from % 6);
      const found = locate(whole, piece);
      if (found !== null) expect(whole).toContain(found);
      const counting = piece.replaceAll(/[\s\p{Cf}\p{Cc}]/gu, '');
      if (counting.length >= 6) expect(found).not.toBeNull();
    }),
    { seed: 11, numRuns: 300 },
  );
});
