import { expect, test } from 'vitest';
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
import { nothingFound } from './nothing-found.ts';

const search = (...returned: readonly string[]) =>
  makeTrace({
    messages: [
      user('Who built the mill?'),
      ...returned.flatMap((text, at) => [
        assistant('', call('search_archive', { try: at }, `c${at}`)),
        result(`c${at}`, 'search_archive', text),
      ]),
      assistant('I was unable to find out who built it.'),
    ],
  });

test('where runs of the input share the message, it is named', () => {
  const file = fileOf([
    search('No entries found'),
    search('No entries found'),
    search('No entries found'),
  ]);
  const [found] = yes(nothingFound, search('No entries found'), {}, file);
  expect(found && statementText(found.statement)).toBe(
    '`search_archive` returned “no entries found”, and no later result held data',
  );
});

test('a filled result clears empty ones of the same tool, but not half of the run', () => {
  expect(yes(nothingFound, search('[]', '[]', '[]', 'The mill is old.'))).toMatchObject([
    { cause: ['mostly nothing', 'search_archive'] },
  ]);
  const filled = ['Mills of Kent', 'The mill is old.', 'It has two stones.', 'It is open.'];
  expect(yes(nothingFound, search('[]', '[]', '[]', ...filled))).toEqual([]);
  expect(yes(nothingFound, search('[]', '[]', 'The mill is old.'))).toEqual([]);
  const other = search('[]', '[]', '[]');
  const messages = [
    ...other.messages,
    assistant('', call('read_sign', {}, 'c9')),
    result('c9', 'read_sign', 'Mill, 1790'),
    assistant('It was built in 1790.'),
  ];
  expect(yes(nothingFound, makeTrace({ messages }))).toHaveLength(1);
  expect(yes(nothingFound, search('[]', 'The mill is old.'))).toEqual([]);
});

test('a run without calls tells nothing', () => {
  const trace = makeTrace({ messages: [user('Hi'), assistant('Hello')] });
  expect(signalsOf(nothingFound, trace)).toMatchObject([{ verdict: 'unknown' }]);
});
