import { expect, test } from 'vitest';
import { assistant, fileOf, makeTrace, user, yes } from '../../../testing/trace.ts';
import { rewordedAnswer } from './reworded-answer.ts';

const PAGE =
  'The lighthouse of Skerry Point was built by the brothers Maddox in a style from Norway.';
const answered = (answer: string) =>
  makeTrace({
    messages: [user('Who built it?'), assistant(answer)],
    documents: [{ id: null, content: PAGE, title: null, score: null, spanId: null }],
  });
const verbatim = fileOf(Array.from({ length: 24 }, () => answered('brothers Maddox')));
const free = fileOf(
  Array.from({ length: 24 }, (_, at) => answered(at % 2 === 0 ? 'Maddox brothers' : 'the family')),
);

test('an answer in other words than its source, where others are taken word for word', () => {
  expect(yes(rewordedAnswer, answered('Maddox brothers'), {}, verbatim)).toMatchObject([
    { evidence: [{ quote: 'Maddox brothers' }] },
  ]);
});

test('an answer that adds words of its own to those of its source', () => {
  expect(yes(rewordedAnswer, answered('Maddox company'), {}, verbatim)).toMatchObject([
    { evidence: [{ quote: 'Maddox company' }] },
  ]);
});

test.each([
  ['the answer is verbatim', answered('brothers Maddox'), verbatim],
  ['none of its words is in the source', answered('Harbor Trust'), verbatim],
  ['other answers are free as well', answered('Maddox brothers'), free],
  ['nothing is known of the input', answered('Maddox brothers'), null],
])('silent where %s', (_, trace, file) => {
  expect(yes(rewordedAnswer, trace, {}, file)).toEqual([]);
});
