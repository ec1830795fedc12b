import { expect, test } from 'vitest';
import type { Message } from '../../../contract/trace.ts';
import {
  assistant,
  call,
  fileOf,
  makeTrace,
  result,
  signalsOf,
  user,
  yes,
} from '../../../testing/trace.ts';
import { statementText } from '../../../text/statement.ts';
import { unrecoveredError } from './unrecovered-error.ts';

/** A run of calls of tools by name, each with what it returned. */
const run = (...steps: readonly (readonly [tool: string, returned: string])[]) =>
  makeTrace({
    messages: [
      user('Water the plants in room 4'),
      ...steps.flatMap(([name, returned], at): Message[] => [
        assistant('', call(name, { at }, `c${at}`)),
        result(`c${at}`, name, returned),
      ]),
      assistant('The plants are fine.'),
    ],
  });

test.each([
  ['a sentence', 'Unable to reach the valve at this time.'],
  ['a word and a colon', 'Error: valve 4 is stuck'],
  ['a traceback', 'Traceback (most recent call last):\n  File "valve.py", line 9\nKeyError: 4'],
  ['a field of the object', '{"success": false, "reason": "stuck"}'],
  ['a status', '{"valve": 4, "status": "failed"}'],
])('an error is recognized by its form: %s', (_, returned) => {
  expect(yes(unrecoveredError, run(['open_valve', returned]))).toMatchObject([
    { cause: ['nothing worked after', 'open_valve'], evidence: [{ quote: returned }] },
  ]);
});

test.each([
  ['the tool worked later', run(['open_valve', 'Error: stuck'], ['open_valve', 'open'])],
  ['another tool worked later', run(['open_valve', 'Error: stuck'], ['open_hatch', 'open'])],
  ['data speaks of errors', run(['read_log', 'Day 1: all errors were fixed by noon.'])],
  ['nothing was found', run(['find_valve', 'No valve found'])],
])('silent where %s', (_, trace) => {
  expect(signalsOf(unrecoveredError, trace)).toMatchObject([{ verdict: 'no' }]);
});

test.each([
  ['an observation', 'Observation: Error: rate limit exceeded', 'rate limit exceeded'],
  ['a shell', 'bash: mill: command not found\n[exit code 127]', 'command not found'],
])(
  'an error of the platform in the form of %s is not left to a detector that does not read it',
  (_, returned, quote) => {
    const [found] = yes(unrecoveredError, run(['open_valve', returned]));
    expect(found?.evidence[0]?.quote).toContain(quote);
  },
);

test('the user was told and went on', () => {
  const trace = makeTrace({
    messages: [
      user('Two seats for Friday'),
      assistant('', call('list_shows', {}, 'c1')),
      result('c1', 'list_shows', 'Friday 20:00'),
      assistant('', call('book_seats', {}, 'c2')),
      result('c2', 'book_seats', 'Error: sold out'),
      assistant('Unfortunately Friday is sold out.'),
      user('Then never mind, thanks'),
      assistant('Have a nice day.'),
    ],
  });
  expect(yes(unrecoveredError, trace)).toEqual([]);
});

test('where runs of the input share the message, it is named', () => {
  const runs = [4, 7, 12].map((number) =>
    run(['open_valve', `Unable to open valve ${number} at this time.`]),
  );
  const [found] = yes(
    unrecoveredError,
    run(['open_valve', 'Unable to open valve 9 at this time.']),
    {},
    fileOf(runs),
  );
  expect(found && statementText(found.statement)).toBe(
    '`open_valve` failed with “unable to open valve [number] at this time”, and nothing worked after it',
  );
});

test('a call in the text of the assistant counts like a recorded one', () => {
  const trace = makeTrace({
    messages: [
      user('Water the plants'),
      assistant('TOOL_CALL[open_valve] Error: no pressure in the pipe.'),
      assistant('Which plants do you mean?'),
    ],
  });
  expect(yes(unrecoveredError, trace)).toMatchObject([
    { evidence: [{ quote: 'TOOL_CALL[open_valve] Error: no pressure in the pipe.' }] },
  ]);
});

test('a run without calls tells nothing', () => {
  const trace = makeTrace({ messages: [user('Hi'), assistant('Hello')] });
  expect(signalsOf(unrecoveredError, trace)).toMatchObject([{ verdict: 'unknown' }]);
});
