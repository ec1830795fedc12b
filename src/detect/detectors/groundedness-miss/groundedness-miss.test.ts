import { expect, test } from 'vitest';
import type { Trace } from '../../../contract/trace.ts';
import {
  assistant,
  call,
  makeTrace,
  result,
  signalsOf,
  user,
  yes,
} from '../../../testing/trace.ts';
import { groundednessMiss } from './groundedness-miss.ts';

const causes = (trace: Trace) => yes(groundednessMiss, trace).map(({ cause }) => cause.join(' | '));

const passage =
  'The Harbour Bridge opened on 19 March 1932 after eight years of work. It cost 4.2 million pounds and carries 160,000 vehicles a day. Engineer John Bradfield led the work. The arch is 134 metres high and was not painted blue.';
const summary = (output: string): Trace =>
  makeTrace({
    messages: [
      user(`Summarise the following passage.\n\n${passage}\n${'It is a bridge. '.repeat(6)}`),
      assistant(output),
    ],
  });

test.each([
  ['The bridge opened in 1932, cost £4.2m and carries 160,000 vehicles a day.', null],
  ['The bridge took eight years and cost about 4 million pounds.', null],
  ['The bridge opened in 1935 and cost 4.2 million pounds.', 'contradicts source | number'],
  ['Locals recall 47 swimmers below.', 'not in source | number'],
  ['The toll was set on March 20, 1932 by decree.', 'not in source | date'],
  ['The Harbour Bridge opened on March 20, 1932 after eight years.', 'contradicts source | date'],
  ['Bradfield called it "the finest arch in the whole world".', 'not in source | quote'],
  [
    'The Harbour Bridge arch was painted blue and is 134 metres high.',
    'contradicts source | negation',
  ],
  ['The bridge, designed by Dorman Long in Middlesbrough, opened in 1932.', 'not in source | name'],
  ['Engineer John Bradfeild led the work.', 'contradicts source | name'],
  ["You didn't provide a passage to summarize.", 'contradicts source | passage denied'],
])('summary: %s', (output, expected) => {
  expect(causes(summary(output))).toEqual(expected === null ? [] : [expected]);
});

test('what contradicts the source is quoted with the sentence it contradicts', () => {
  const [found] = yes(
    groundednessMiss,
    summary('The Harbour Bridge arch was painted blue and is 134 metres high.'),
  );
  expect(found?.evidence).toMatchObject([
    { path: '/output', quote: 'The Harbour Bridge arch was painted blue and is 134 metres high.' },
    { path: '/input', quote: 'The arch is 134 metres high and was not painted blue.' },
  ]);
});

test('scores are compared as pairs', () => {
  const match = (output: string): Trace =>
    makeTrace({
      messages: [
        user(
          `Summarize the text.\n\nWidnes beat Castleford 38-12 at home. ${'They led by 26 points with 30 minutes to go. '.repeat(7)}`,
        ),
        assistant(output),
      ],
    });
  expect(yes(groundednessMiss, match('Widnes beat Castleford 38-26.'))[0]?.evidence[0]?.quote).toBe(
    'Widnes beat Castleford 38-26.',
  );
  expect(yes(groundednessMiss, match('Widnes beat Castleford 38\u201312.'))).toEqual([]);
});

test('a range is the same with and without decimals', () => {
  const hotel = makeTrace({
    messages: [
      user(
        `Summarize the text.\n\nGood Night has rooms at 240.0 - 400.0. ${'Breakfast is at eight in the garden. '.repeat(8)}`,
      ),
      assistant('Good Night has rooms at 240-400.'),
    ],
  });
  expect(yes(groundednessMiss, hotel)).toEqual([]);
});

test('a wrong calculation needs no source, and one copied from the question does not count', () => {
  const answer = (input: string): Trace =>
    makeTrace({ messages: [user(input), assistant('So ($900 + $300) / 600 = 2.4 in all.')] });
  expect(yes(groundednessMiss, answer('What is the ratio?'))).toMatchObject([
    {
      cause: ['calculation'],
      evidence: [{ path: '/output', quote: 'So ($900 + $300) / 600 = 2.4 in all.' }],
    },
  ]);
  expect(yes(groundednessMiss, answer('Is "($900 + $300) / 600 = 2.4 in all." right?'))).toEqual(
    [],
  );
});

const chain = (instruction: string, output: string): Trace =>
  makeTrace({
    messages: [
      { ...user(`${instruction}\n\nContext:\n${passage} ${passage}`), role: 'system' },
      user('When did the bridge open?'),
      assistant(output),
    ],
  });

test.each([
  ['Use only the provided context to answer.', 'It opened in 1935.', 'not in source | number'],
  ['Answer using the context below and not prior knowledge.', 'It opened in 1932.', null],
  ['Use the following pieces of context to answer the question.', 'It opened in 1935.', null],
  [
    'Use the following pieces of context to answer the question.',
    'It says "the finest arch in the whole world".',
    'not in source | quote',
  ],
])('passages inside the prompt: %s %s', (instruction, output, expected) => {
  expect(causes(chain(instruction, output))).toEqual(expected === null ? [] : [expected]);
});

const retrieved = (input: string, output: string, ...contents: string[]): Trace =>
  makeTrace({
    messages: [user(input), assistant(output)],
    documents: contents.map((content) => ({
      id: null,
      content,
      title: null,
      score: null,
      spanId: 'r1',
    })),
  });

test('a citation beyond the documents is quoted', () => {
  const trace = retrieved(
    'Who led it?',
    'Bradfield led it [1], Smith helped [4].',
    passage,
    'Other.',
  );
  expect(yes(groundednessMiss, trace)).toMatchObject([
    {
      cause: ['not in source', 'citation'],
      evidence: [{ path: '/output', quote: 'Bradfield led it [1], Smith helped [4].' }],
    },
  ]);
});

test('arithmetic over retrieved figures and own knowledge is not a miss', () => {
  const trace = retrieved(
    'Vehicles per year?',
    'About 58.4 million a year, as Australia counts it.',
    passage,
  );
  expect(signalsOf(groundednessMiss, trace)[0]?.verdict).toBe('no');
});

test('strings of a JSON answer are not quotations', () => {
  const trace = retrieved(
    'Who led it?',
    '{"answer":"Mr Bradfield led all the work","next":"none"}',
    passage,
  );
  expect(signalsOf(groundednessMiss, trace)[0]?.verdict).toBe('no');
});

test('cannot tell where the recorder cut the source', () => {
  const trace = retrieved(
    'Quote it',
    'It says "the finest arch in the whole world".',
    `${passage} …[+4015 chars]`,
  );
  expect(signalsOf(groundednessMiss, trace)[0]?.verdict).toBe('unknown');
});

test('cannot tell without any context', () => {
  expect(signalsOf(groundednessMiss, retrieved('Hi', 'Hello'))[0]?.verdict).toBe('unknown');
});

const printed = (text: string) => `Execution logs:\nLast output from code snippet:\n${text}`;
const code = (source: string) => ({ id: 'a', name: 'python', arguments: source });
test.each([
  ['a literal that code only printed', [], 'nothing looked up'],
  ['a word that a search found', ['Castle Bravo had a yield of 15 megatons'], null],
  ['a word that a search did not find', ['No page has that title'], 'nothing looked up'],
  ['a search whose result was cut', ['Castle … [+900 chars]'], null],
])('a submitted answer: %s', (_, searches, expected) => {
  const trace = makeTrace({
    messages: [
      user('Which US test had the same yield as the event of 1908?'),
      ...searches.flatMap((found) => [
        assistant('', call('search', { query: 'yield' }, 's')),
        result('s', 'search', found),
      ]),
      assistant('', code('final_answer("Bravo")')),
      result('a', 'python', printed('Bravo')),
      assistant('Bravo'),
    ],
  });
  expect(causes(trace)).toEqual(expected === null ? [] : [expected]);
});

test('a number may have been worked out from results, and yes or no is a judgment', () => {
  const run = (output: string, found: string): Trace =>
    makeTrace({
      messages: [
        user('How many?'),
        assistant('', call('search', { query: 'list' }, 's')),
        result('s', 'search', found),
        assistant('', call('final_answer', { answer: output }, 'a')),
        result('a', 'final_answer', output),
        assistant(output),
      ],
    });
  expect(yes(groundednessMiss, run('3', 'ann, ben, cho'))).toEqual([]);
  expect(yes(groundednessMiss, run('yes', 'ann, ben, cho'))).toEqual([]);
  expect(yes(groundednessMiss, run('dora', 'ann, ben, cho'))).toHaveLength(1);
});
