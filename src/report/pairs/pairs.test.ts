import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PairStep } from '../../contract/report.ts';
import { assistant, call, makeSpan, makeTrace, result, user } from '../../testing/trace.ts';
import { align } from '../../trace/align.ts';
import { firstDifference } from '../../trace/first-difference.ts';
import { pairSteps } from '../../trace/pair-steps.ts';
import { pairsOf } from './pairs.ts';

/** `u` a user, `a` an answer, anything else a tool, with `!` before one that failed. */
const steps = (path: string): PairStep[] =>
  path
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({
      kind: word === 'u' ? 'user' : word === 'a' ? 'assistant' : 'tool',
      tool: word === 'u' || word === 'a' ? null : word.replace('!', ''),
      text: '',
      result: null,
      failed: word.startsWith('!'),
      message: null,
    }));

const drawn = (failing: string, passing: string): string[] =>
  align(steps(failing), steps(passing)).map(
    ({ failing: one, passing: other, isSame }) =>
      `${one?.tool ?? one?.kind ?? '-'} ${other?.tool ?? other?.kind ?? '-'}${isSame ? '' : ' *'}`,
  );

const difference = (failing: string, passing: string): string | null =>
  firstDifference(align(steps(failing), steps(passing))).difference;

describe('steps side by side', () => {
  test('a step that one side leaves out has a row of its own', () => {
    expect(drawn('u get !refund a', 'u get list refund a')).toEqual([
      'user user',
      'get get',
      '- list *',
      'refund refund *',
      'assistant assistant',
    ]);
  });

  test('holds every step of both sides once and in order, as many side by side as the longest common sequence', () => {
    const path = fc.array(fc.constantFrom('u', 'a', 'get', '!get', 'list'), { maxLength: 7 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        const [failing, passing] = [steps(one.join(' ')), steps(other.join(' '))];
        const rows = align(failing, passing);
        expect(rows.flatMap((row) => row.failing ?? [])).toEqual(failing);
        expect(rows.flatMap((row) => row.passing ?? [])).toEqual(passing);
        const both = rows.filter((row) => row.failing !== null && row.passing !== null).length;
        expect(both).toBe(longestCommon(one, other));
      }),
    );
  });

  test.each([
    [
      'u get !refund a',
      'u get list refund a',
      'The passing trace calls `list`; the failing trace calls `refund`',
    ],
    [
      'u get !refund',
      'u get refund',
      '`refund` fails in the failing trace and not in the passing one',
    ],
    ['u a', 'u search a', 'The passing trace calls `search`; the failing trace answers'],
    ['u get get get', 'u get a', 'The passing trace answers; the failing trace calls `get`'],
    ['u get', 'u get a', 'The passing trace answers; the failing trace ends'],
    ['u get a', 'u get a', null],
  ])('"%s" beside "%s": %s', (failing, passing, expected) => {
    expect(difference(failing, passing)).toBe(expected);
  });
});

describe('steps of a trace', () => {
  test('a result stands with the call that it answers', () => {
    const messages = [
      user('refund my chair'),
      assistant('one moment', call('get', { id: 1 }, 'x'), call('list', {}, 'y')),
      result('y', 'list', 'two orders'),
      result('x', 'get', 'ann'),
      assistant('done'),
    ];
    expect(pairSteps(makeTrace({ messages }))).toMatchObject([
      { kind: 'user', text: 'refund my chair', message: 0 },
      { kind: 'tool', tool: 'get', text: '{"id":1}', result: 'ann', message: 1 },
      { kind: 'tool', tool: 'list', text: '{}', result: 'two orders' },
      { kind: 'assistant', text: 'done', message: 4 },
    ]);
  });

  test('come from spans where only they record calls', () => {
    const trace = makeTrace({
      input: 'where is it',
      output: 'in Paris',
      spans: [
        makeSpan({ kind: 'tool', toolCall: call('track', { id: 1 }), toolResult: 'Paris' }),
        makeSpan({ kind: 'model' }),
      ],
    });
    expect(pairSteps(trace)).toMatchObject([
      { kind: 'user', text: 'where is it' },
      { kind: 'tool', tool: 'track', text: '{"id":1}', result: 'Paris' },
      { kind: 'assistant', text: 'in Paris' },
    ]);
  });
});

test('pairs take the first four counterparts whose traces are given', () => {
  const traces = new Map(
    ['f', 'p'].map((id) => [id, makeTrace({ id, messages: [user('hello'), assistant('hi')] })]),
  );
  const one = { failing: 'f', passing: 'p', similarity: 0.5 };
  const pairs = pairsOf('c-1', [{ ...one, passing: 'gone' }, one, one, one, one], traces);
  expect(pairs.length).toBe(3);
  expect(pairs[0]).toMatchObject({
    cluster: 'c-1',
    failing: 'f',
    passing: 'p',
    similarity: 0.5,
    firstDifference: null,
    difference: null,
  });
});

function longestCommon(one: readonly string[], other: readonly string[]): number {
  const [first, ...rest] = one;
  if (first === undefined || other.length === 0) return 0;
  const at = other.findIndex((each) => each.replace('!', '') === first.replace('!', ''));
  return Math.max(
    longestCommon(rest, other),
    at < 0 ? 0 : 1 + longestCommon(rest, other.slice(at + 1)),
  );
}
