import { expect, test } from 'vitest';
import { isStopWord } from './stop-words.ts';
import { words } from './words.ts';

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
