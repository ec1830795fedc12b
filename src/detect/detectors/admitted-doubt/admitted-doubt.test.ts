import { expect, test } from 'vitest';
import { assistant, call, makeTrace, result, signalsOf, user } from '../../../testing/trace.ts';
import { admittedDoubt } from './admitted-doubt.ts';

const run = (answer: string) =>
  makeTrace({
    messages: [
      user('When does the ferry leave?'),
      assistant('', call('read_page', {})),
      result('call-1', 'read_page', 'Ferries run all year.'),
      assistant(answer),
    ],
  });

test.each([
  ['I could not determine when it leaves.', 'yes'],
  ['Ferries run all year, but the exact time is not known.', 'yes'],
  ['There is not enough information to say.', 'yes'],
  ['It leaves at 9:40.', 'no'],
])('%s', (answer, verdict) => {
  expect(signalsOf(admittedDoubt, run(answer))).toMatchObject([{ verdict }]);
});

test('it is a symptom, since saying so may be right', () => {
  expect(admittedDoubt.tier).toBe('symptom');
});

test('a run that looked nothing up tells nothing', () => {
  const trace = makeTrace({ messages: [user('When?'), assistant('I do not know.')] });
  expect(signalsOf(admittedDoubt, trace)).toMatchObject([{ verdict: 'unknown' }]);
});
