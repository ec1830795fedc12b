import { expect, test } from 'vitest';
import type { Trace } from '../../contract/trace.ts';
import {
  assistant,
  call,
  defaultOptions,
  makeTrace,
  result,
  tool,
  user,
  yes,
} from '../../testing/trace.ts';
import { groundednessMiss } from './groundedness-miss/groundedness-miss.ts';
import { hallucinatedEntity } from './hallucinated-entity/hallucinated-entity.ts';

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
  ['The bridge opened in 1935 and cost 4.2 million pounds.', 'contradicts-source|number'],
  ['Locals recall 47 swimmers below.', 'not-in-source|number'],
  ['The toll was set on March 20, 1932 by decree.', 'not-in-source|date'],
  ['The Harbour Bridge opened on March 20, 1932 after eight years.', 'contradicts-source|date'],
  ['Bradfield called it "the finest arch in the whole world".', 'not-in-source|quote'],
  [
    'The Harbour Bridge arch was painted blue and is 134 metres high.',
    'contradicts-source|negation',
  ],
  ['The bridge, designed by Dorman Long in Middlesbrough, opened in 1932.', 'not-in-source|name'],
  ['Engineer John Bradfeild led the work.', 'contradicts-source|name'],
  ["You didn't provide a passage to summarise.", 'contradicts-source|passage-denied'],
])('summary: %s', (output, fingerprint) => {
  expect(yes(groundednessMiss, summary(output))[0]?.fingerprint ?? null).toBe(
    fingerprint === null ? null : `groundedness_miss|${fingerprint}`,
  );
});

test('what contradicts the source stands beside the sentence it contradicts', () => {
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
          `Summarise the text.\n\nWidnes beat Castleford 38-12 at home. ${'They led by 26 points with 30 minutes to go. '.repeat(7)}`,
        ),
        assistant(output),
      ],
    });
  expect(yes(groundednessMiss, match('Widnes beat Castleford 38-26.'))[0]?.evidence[0]?.quote).toBe(
    '38-26',
  );
  expect(yes(groundednessMiss, match('Widnes beat Castleford 38\u201312.'))).toEqual([]);
});

test('a range is the same with and without decimals', () => {
  const hotel = makeTrace({
    messages: [
      user(
        `Summarise the text.\n\nGood Night has rooms at 240.0 - 400.0. ${'Breakfast is at eight in the garden. '.repeat(8)}`,
      ),
      assistant('Good Night has rooms at 240-400.'),
    ],
  });
  expect(yes(groundednessMiss, hotel)).toEqual([]);
});

test('a wrong calculation needs no source, one copied from the question is not the answer\u2019s', () => {
  const answer = (input: string): Trace =>
    makeTrace({ messages: [user(input), assistant('So ($900 + $300) / 600 = 2.4 in all.')] });
  expect(yes(groundednessMiss, answer('What is the ratio?'))).toMatchObject([
    {
      fingerprint: 'groundedness_miss|calculation',
      evidence: [{ path: '/output', quote: '($900 + $300) / 600 = 2.4' }],
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
  ['Use only the provided context to answer.', 'It opened in 1935.', 'not-in-source|number'],
  ['Answer using the context below and not prior knowledge.', 'It opened in 1932.', null],
  ['Use the following pieces of context to answer the question.', 'It opened in 1935.', null],
  [
    'Use the following pieces of context to answer the question.',
    'It says "the finest arch in the whole world".',
    'not-in-source|quote',
  ],
])('passages inside the prompt: %s %s', (instruction, output, fingerprint) => {
  const [found] = yes(groundednessMiss, chain(instruction, output));
  expect(found?.fingerprint ?? null).toBe(
    fingerprint === null ? null : `groundedness_miss|${fingerprint}`,
  );
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
      fingerprint: 'groundedness_miss|not-in-source|citation',
      evidence: [{ path: '/output', quote: '[4]' }],
    },
  ]);
});

test('arithmetic over retrieved figures and own knowledge is not a miss', () => {
  const trace = retrieved(
    'Vehicles per year?',
    'About 58.4 million a year, as Australia counts it.',
    passage,
  );
  expect(groundednessMiss.detect(trace, defaultOptions)[0]?.verdict).toBe('no');
});

test('strings of a JSON answer are not quotations', () => {
  const trace = retrieved(
    'Who led it?',
    '{"answer":"Mr Bradfield led all the work","next":"none"}',
    passage,
  );
  expect(groundednessMiss.detect(trace, defaultOptions)[0]?.verdict).toBe('no');
});

test('where the recorder cut the source nothing can be said', () => {
  const trace = retrieved(
    'Quote it',
    'It says "the finest arch in the whole world".',
    `${passage} …[+4015 chars]`,
  );
  expect(groundednessMiss.detect(trace, defaultOptions)[0]?.verdict).toBe('unknown');
});

test('without any context groundedness is not known', () => {
  expect(groundednessMiss.detect(retrieved('Hi', 'Hello'), defaultOptions)[0]?.verdict).toBe(
    'unknown',
  );
});

const printed = (text: string) => `Execution logs:\nLast output from code snippet:\n${text}`;
const code = (source: string) => ({ id: 'a', name: 'python', arguments: source });
test.each([
  ['a literal that code only printed', [], 'groundedness_miss|nothing-looked-up'],
  ['a word that a search found', ['Castle Bravo had a yield of 15 megatons'], null],
  [
    'a word that a search did not find',
    ['No page has that title'],
    'groundedness_miss|nothing-looked-up',
  ],
  ['a search whose result was cut', ['Castle … [+900 chars]'], null],
])('an answer handed in: %s', (_, searches, fingerprint) => {
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
  expect(yes(groundednessMiss, trace)[0]?.fingerprint ?? null).toBe(fingerprint);
});

test('a number may have been worked out from results, and yes or no is a judgement', () => {
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

const lookup = [tool('get_order', { id: { type: 'string' } })];
test.each([
  ['get_refund', 'hallucinated_entity|function'],
  ['getOrder', 'hallucinated_entity|misspelt_function'],
  ['get_order', null],
])('calling %s', (name, fingerprint) => {
  const trace = makeTrace({
    tools: lookup,
    messages: [user('Where is it?'), assistant('', call(name, { id: '1' }))],
  });
  expect(yes(hallucinatedEntity, trace)[0]?.fingerprint ?? null).toBe(fingerprint);
});

test.each([
  ['Track it at https://track.example.com/A-100.', null],
  ['Track it at https://parcels.example.org/x.', 'hallucinated_entity|url'],
  ['Write to help@example.com.', null],
  ['Write to refunds@example.com.', 'hallucinated_entity|mail'],
  ['Order A-100 is in terms.pdf.', 'hallucinated_entity|file'],
  ['Your order is ORD-99812.', 'hallucinated_entity|id'],
  ['It cost 298M in FY2022.', null],
])('after a tool result: %s', (output, fingerprint) => {
  const trace = makeTrace({
    tools: lookup,
    messages: [
      user('Where is A-100?'),
      assistant('', call('get_order', { id: 'A-100' }, 'c')),
      result('c', 'get_order', {
        url: 'https://track.example.com/A-100',
        contact: 'help@example.com',
      }),
      assistant(output),
    ],
  });
  expect(yes(hallucinatedEntity, trace)[0]?.fingerprint ?? null).toBe(fingerprint);
});
