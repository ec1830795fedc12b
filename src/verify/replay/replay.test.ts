import { expect, test } from 'vitest';
import { NOT_RECORDED, replayOf } from './replay.ts';

const recorded = [
  { call: { name: 'find', arguments: { id: 1 } }, result: 'one', isError: false },
  { call: { name: 'find', arguments: { id: 2 } }, result: 'two', isError: true },
  { call: { name: 'send', arguments: {} }, result: 'sent', isError: false },
];

test('first in, first out: the next result of the tool, whatever the arguments', () => {
  const replay = replayOf(recorded, 'fifo');
  expect(replay.wasAsked()).toBe(false);
  expect(replay.call('find', { id: 9 })).toEqual({ result: 'one', isError: false });
  expect(replay.call('find', '{"id": 2}')).toEqual({ result: 'two', isError: true });
  expect(replay.report()).toEqual({ unused: 1, different: 1, divergedAt: null });
});

test('strict: the next result with the same arguments, in any order of keys', () => {
  const replay = replayOf(
    [{ ...recorded[0]!, call: { name: 'find', arguments: { a: 1, b: 2 } } }, recorded[1]!],
    'strict',
  );
  expect(replay.call('find', { id: 2 }).result).toBe('two');
  expect(replay.call('find', { b: 2, a: 1 }).result).toBe('one');
  expect(replay.report()).toEqual({ unused: 0, different: 0, divergedAt: null });
});

test('the first call without a recording ends the replay', () => {
  const replay = replayOf(recorded, 'strict');
  replay.call('send', {});
  expect(replay.call('find', { id: 3 })).toEqual({
    result: `${NOT_RECORDED}: find`,
    isError: true,
  });
  expect(replay.call('find', { id: 1 }).isError).toBe(true);
  expect(replay.report()).toEqual({ unused: 2, different: 0, divergedAt: 1 });
});
