import { expect, test } from 'vitest';
import { assistant, makeTrace, signalsOf, user } from '../../../testing/trace.ts';
import { repeatedQuestion } from './repeated-question.ts';

const ASKED = 'Shall I book the blue room for you on Monday?';
const dialogue = (reply: string, next: string) =>
  makeTrace({
    messages: [user('The blue room, please'), assistant(ASKED), user(reply), assistant(next)],
  });

test.each([
  ['the same question after a yes', 'Yes.', ASKED, 'yes'],
  ['nearly the same', 'Yep', 'Shall I book the blue room for you on Monday then?', 'yes'],
  ['another question', 'Yes', 'Until what time do you need the room?', 'no'],
  ['a reply that is no yes', 'On Tuesday, rather', ASKED, 'no'],
  ['no question', 'Yes, go ahead', 'Done: the blue room is yours on Monday.', 'no'],
])('%s', (_, reply, next, verdict) => {
  expect(signalsOf(repeatedQuestion, dialogue(reply, next))).toMatchObject([{ verdict }]);
});

test('one turn tells nothing', () => {
  const trace = makeTrace({ messages: [user('The blue room'), assistant(ASKED)] });
  expect(signalsOf(repeatedQuestion, trace)).toMatchObject([{ verdict: 'unknown' }]);
});
