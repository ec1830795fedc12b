import { expect, test } from 'vitest';
import type { Trace } from '../../../contract/trace.ts';
import { assistant, makeSpan, makeTrace, result, tool, user, yes } from '../../../testing/trace.ts';
import { retrievalMiss } from './retrieval-miss.ts';

const passage =
  'The Harbour Bridge opened on 19 March 1932 after eight years of work. It cost 4.2 million pounds and carries 160,000 vehicles a day. Engineer John Bradfield led the work. The arch is 134 metres high and was not painted blue.';
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

test('the answer found nothing in a context that it names, none of it on record', () => {
  const nothing = 'The provided context does not mention parental leave.';
  const [found] = yes(retrievalMiss, retrieved('How long is parental leave?', nothing));
  expect(found?.cause).toEqual(['answer found nothing']);
});

test('finding nothing is no matter of retrieval where nothing was retrieved', () => {
  const nothing = 'I could not find an account with that email.';
  expect(yes(retrievalMiss, retrieved('Reset my password', nothing))).toEqual([]);
});

test('passages that do not address the question are likely the cause when the answer found nothing', () => {
  const nothing = 'The provided context does not mention parental leave.';
  const trace = retrieved('How long is parental leave in Norway?', nothing, passage);
  expect(yes(retrievalMiss, trace)).toMatchObject([
    { tier: 'likely', cause: ['passages off topic'] },
  ]);
});

test.each(['Is there parental leave in Norway?', 'Does Norway have any parental leave?'])(
  'no mention may be the answer to %s',
  (question) => {
    const nothing = 'The provided context does not mention parental leave.';
    expect(yes(retrievalMiss, retrieved(question, nothing, passage))).toEqual([]);
  },
);

test('no access to data is no failure where tools are offered', () => {
  const trace = {
    ...retrieved('Revenue?', "As an AI, I don't have access to financial databases."),
    tools: [tool('add', {})],
  };
  expect(yes(retrievalMiss, trace)).toEqual([]);
});

test.each([
  ['Based on the provided report, Acme does not have an improving margin.', null],
  [
    'Sales grew by 4 million. The document does not provide figures of services. Therefore, goods grew most.',
    null,
  ],
  ['The amount is not provided in the question, so it was left out.', null],
  [
    'The document does not provide figures of services. Therefore, I cannot determine what grew most.',
    ['answer found nothing'],
  ],
  ['There is no information about services in the context.', ['answer found nothing']],
  ['The articles say nothing about this.', ['answer found nothing']],
  ['Our help pages do not cover that, I am afraid.', ['answer found nothing']],
])('found nothing or found an answer: %s', (output, cause) => {
  const [found] = yes(retrievalMiss, retrieved('What grew most, goods or services?', output));
  expect(found?.cause ?? null).toEqual(cause);
});

test('no access to data fails the run without a category', () => {
  const trace = retrieved(
    'What is the revenue?',
    "As an AI, I don't have access to financial databases.",
  );
  expect(yes(retrievalMiss, trace)[0]).toMatchObject({
    category: null,
    cause: ['no data access'],
  });
});

test('no access to data fails the run although the method follows, other inability does not', () => {
  const steps = '\n1. Find the sales.\n2. Find the cost.\n3. Divide.';
  const access = `I don't have real-time access to financial databases. You can:${steps}`;
  expect(yes(retrievalMiss, retrieved('What is the margin?', access))).toMatchObject([
    { category: null, cause: ['no data access'] },
  ]);
  const tunes = `As an AI, I don't have the ability to compose current tunes. You can:${steps}`;
  expect(yes(retrievalMiss, retrieved('Compose a tune', tunes))).toEqual([]);
});

test('an empty retrieval span is a miss, an empty search tool is not', () => {
  const span = makeSpan({ id: 'r1', kind: 'retrieval', name: 'search', output: '[]' });
  expect(
    yes(retrievalMiss, makeTrace({ spans: [span], messages: [user('x'), assistant('y')] }))[0],
  ).toMatchObject({
    cause: ['empty'],
    spanId: 'r1',
  });
  const messages = [user('x'), result('c', 'search_docs', 'No results found'), assistant('y')];
  expect(yes(retrievalMiss, makeTrace({ messages }))).toEqual([]);
});

test('an empty retrieval is not a miss when the answer asks the user', () => {
  const span = makeSpan({ id: 'r1', kind: 'retrieval', name: 'search', output: '[]' });
  const messages = [user('Call Max'), assistant('I know no Max. What is his number?')];
  expect(yes(retrievalMiss, makeTrace({ spans: [span], messages }))).toEqual([]);
});

test('the same passage again and again is a miss', () => {
  expect(
    yes(retrievalMiss, retrieved('x', 'y', passage, passage, passage, 'Other'))[0]?.cause,
  ).toEqual(['duplicates']);
});
