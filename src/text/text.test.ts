import fc from 'fast-check';
import { expect, test } from 'vitest';
import { userComplaint } from '../detect/run/user-complaint.ts';
import { dates, sameDate } from './dates.ts';
import { entities } from './entities.ts';
import { quantities } from './numbers.ts';
import { sentences } from './sentences.ts';
import { isStopWord } from './stop-words.ts';
import { stem, words } from './words.ts';

test.each([
  ['It cost $1.2 million.', [['$1.2 million', 1_200_000, 'money']]],
  [
    'Up 12.5% from 1,234,567',
    [
      ['12.5%', 12.5, 'percent'],
      ['1,234,567', 1_234_567, 'plain'],
    ],
  ],
  [
    'In 1999 three of 40 left',
    [
      ['1999', 1999, 'year'],
      ['three', 3, 'plain'],
      ['40', 40, 'plain'],
    ],
  ],
  ['1. First\n2. Second', []],
  ['version 1.2.3, id A-17b, at 10:30', []],
  [
    '5k run, 3bn people',
    [
      ['5k', 5000, 'plain'],
      ['3bn', 3e9, 'plain'],
    ],
  ],
])('numbers in %s', (text, expected) => {
  expect(quantities(text).map(({ text, value, kind }) => [text, value, kind])).toEqual(expected);
});

test('the tolerance is half of the last digit', () => {
  expect(quantities('4.2 million, 17, 2.50')?.map(({ tolerance }) => tolerance)).toEqual([
    50_000, 0.5, 0.005,
  ]);
});

test.each([
  ['on 19 March 1932', { year: 1932, month: 3, day: 19 }],
  ['on March 19th, 1932', { year: 1932, month: 3, day: 19 }],
  ['on 1932-03-19', { year: 1932, month: 3, day: 19 }],
  ['on Mar. 3', { year: null, month: 3, day: 3 }],
])('date %s', (text, expected) => {
  expect(dates(text)[0]).toMatchObject(expected);
});

test('a date without a year is the same day in any year', () => {
  const [full, short, other] = dates('19 March 1932, March 19, March 20');
  if (full === undefined || short === undefined || other === undefined)
    throw new Error('three dates');
  expect([sameDate(full, short), sameDate(full, other)]).toEqual([true, false]);
});

test('sentences keep abbreviations, initials and decimals whole', () => {
  expect(
    sentences('Dr. Smith paid 3.5 dollars. J. Doe left! "Why?" asked Ann.\nEnd').map(
      ({ text }) => text,
    ),
  ).toEqual(['Dr. Smith paid 3.5 dollars.', 'J. Doe left!', '"Why?" asked Ann.', 'End']);
});

test('sentences are where they say they are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      for (const sentence of sentences(text)) {
        expect(text.slice(sentence.start, sentence.start + sentence.text.length)).toBe(
          sentence.text,
        );
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

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

test.each([
  ['killing', 'kill'],
  ['kills', 'kill'],
  ['killed', 'kill'],
  ['stopped', 'stop'],
  ['companies', 'company'],
  ['terminate', 'terminat'],
  ['terminating', 'terminat'],
  ['bus', 'bus'],
])('%s stems to %s', (word, expected) => {
  expect(stem(word)).toBe(expected);
});

test('names are runs of capitals that do not just open a sentence', () => {
  expect(
    entities('The bridge of John Bradfield stands in Sydney. Engineers like it.').map(
      ({ text }) => text,
    ),
  ).toEqual(['John Bradfield', 'Sydney']);
});

test('a complaint is quoted verbatim', () => {
  expect(userComplaint('Hm. That’s not what I asked for')).toEqual({
    kind: 'correction',
    text: 'That’s not what I asked',
  });
  expect(userComplaint('Great, thanks')).toBeNull();
});
