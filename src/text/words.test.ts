import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fnv1a } from './hash.ts';
import { isStopWord } from './stop-words.ts';
import { hashWords, words } from './words.ts';

test('words are lower case, possessives apart, contractions whole', () => {
  expect(words("My neighbour's dog DOESN’T bark, o'clock?")).toEqual([
    'my',
    'neighbour',
    "'s",
    'dog',
    "doesn't",
    'bark',
    'o',
    'clock',
  ]);
});

test.each([
  ['getOrder_details', {}, ['getorder', 'details']],
  ['getOrder_details', { splitCase: true }, ['get', 'order', 'details']],
  ['parseHTTPError of item3', { splitCase: true }, ['parse', 'http', 'error', 'of', 'item3']],
  ['item3 of 2nd', { digits: false }, ['item', 'of', 'nd']],
  ['one two three', { limit: 2 }, ['one', 'two']],
  ['ÉcoleNormale', { splitCase: true }, ['école', 'normale']],
])('the words of %j with %j are %j', (text, options, expected) => {
  expect(words(text, options)).toEqual(expected);
});

test('stop words are those of grammar and of any request', () => {
  expect(['the', "can't", 'please', 'answer', 'refund'].map(isStopWord)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test('the hashes of words are those of the words as text', () => {
  const piece = fc.constantFrom(
    'Dog',
    "n't",
    "'s",
    '’S',
    "'",
    '’',
    ' ',
    '.',
    'É',
    '7',
    '漢',
    '\u2014',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.integer({ min: 1, max: 12 }),
      (pieces, most) => {
        const text = pieces.join('');
        const into = new Int32Array(most);
        const count = hashWords(text, into);
        const expected = words(text, most).slice(0, most);
        expect([...into.subarray(0, count)]).toEqual(expected.map((word) => fnv1a(word) | 0));
      },
    ),
  );
});

test('more words than usual are found all the same', () => {
  expect(words('a b '.repeat(6_000), 10_000)).toHaveLength(10_000);
});
