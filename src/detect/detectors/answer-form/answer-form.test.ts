import { expect, test } from 'vitest';
import { assistant, fileOf, makeTrace, signalsOf, user, yes } from '../../../testing/trace.ts';
import { answerForm } from './answer-form.ts';

const answered = (answer: string) =>
  makeTrace({ messages: [user('Who built the mill?'), assistant(answer)] });
const LONG = 'The mill was built by the brothers Maddox.';
const phrases = fileOf(Array.from({ length: 24 }, (_, at) => answered(`brothers Maddox ${at}`)));
const few = fileOf(Array.from({ length: 12 }, () => answered('brothers Maddox')));
const mixed = fileOf(
  Array.from({ length: 40 }, (_, at) => answered(at % 3 === 0 ? LONG : 'brothers Maddox')),
);

test('more than six words where other answers are a phrase', () => {
  expect(yes(answerForm, answered(LONG), {}, phrases)).toMatchObject([
    { tier: 'likely', evidence: [{ quote: LONG }] },
  ]);
});

test.each([
  ['the answer is a phrase', answered('the brothers Maddox'), phrases],
  [
    'the answer is code',
    answered('built(mill) = [Maddox, Maddox, "a mason from Norway"]'),
    phrases,
  ],
  ['too few answers make a norm', answered(LONG), few],
  ['a third of the answers are long', answered(LONG), mixed],
  ['nothing is known of the input', answered(LONG), null],
])('silent where %s', (_, trace, file) => {
  expect(yes(answerForm, trace, {}, file)).toEqual([]);
});

test('a run without an answer tells nothing', () => {
  const trace = makeTrace({ messages: [user('Who built the mill?')] });
  expect(signalsOf(answerForm, trace, {}, phrases)).toMatchObject([{ verdict: 'unknown' }]);
});
