import { describe, expect, test } from 'vitest';
import { assistant, call, makeSpan, makeTrace, result, user } from '../testing/trace.ts';
import { spanSteps, steps, toolSteps } from './steps.ts';

const error = { type: 'timeout', message: 'no answer', spanId: null };
const toolSpan = (name: string, id: string | null, failed = false) =>
  makeSpan({
    id: `span of ${id ?? name}`,
    kind: 'tool',
    toolCall: { id, name, arguments: {} },
    ...(failed && { status: 'error' as const, error }),
  });

describe('the steps of a run', () => {
  test('come from its messages, one for each call', () => {
    const messages = [
      user('Go'),
      assistant('', call('search', {}, 'a'), call('read', {}, 'b')),
      result('a', 'search', 'found'),
      assistant('Done'),
    ];
    const spans = [makeSpan({ kind: 'model' }), toolSpan('other', 'x')];
    expect(
      steps(makeTrace({ messages, spans })).map(({ kind, tool, index, callIndex }) => [
        ...[kind, tool, index, callIndex],
      ]),
    ).toEqual([
      ['user', null, 0, null],
      ['tool', 'search', 1, 0],
      ['tool', 'read', 1, 1],
      ['tool', null, 2, null],
      ['assistant', null, 3, null],
    ]);
  });

  test('come from the spans where only those record calls', () => {
    const messages = [user('Go'), assistant('Done')];
    const spans = [makeSpan({ id: 'm', kind: 'model' }), toolSpan('search', null)];
    expect(steps(makeTrace({ messages, spans })).map(({ kind, tool }) => [kind, tool])).toEqual([
      ['model', null],
      ['tool', 'search'],
    ]);
  });

  test('come from the spans where there are no messages', () => {
    const spans = [makeSpan({ kind: 'retrieval' })];
    expect(steps(makeTrace({ spans })).map(({ kind }) => kind)).toEqual(['retrieval']);
    expect(steps(makeTrace())).toEqual([]);
  });

  test('count a call once that was recorded as made and as carried out', () => {
    const carriedOut = { id: null, name: 'PageDown', arguments: { x: 1 } };
    const messages = [assistant('', call('page_down', { x: 1 }, 'a')), assistant('', carriedOut)];
    expect(toolSteps(makeTrace({ messages })).map(({ tool }) => tool)).toEqual(['page_down']);
  });

  test('call a tool span without a recorded call by its name', () => {
    const spans = [makeSpan({ kind: 'tool', name: 'lookup' })];
    expect(spanSteps(makeTrace({ spans }))).toMatchObject([{ tool: 'lookup', call: null }]);
  });
});

describe('a call in the messages has failed where the span that carried it out has', () => {
  const failures = (
    calls: readonly (readonly [string, string | null])[],
    spans: readonly (readonly [string, string | null, boolean?])[],
  ): (string | null)[] =>
    toolSteps(
      makeTrace({
        messages: [assistant('', ...calls.map(([name, id]) => ({ id, name, arguments: {} })))],
        spans: spans.map(([name, id, failed]) => toolSpan(name, id, failed)),
      }),
    ).map((step) => (step.failed ? step.error : null));

  test('matched by id', () => {
    const calls = [['pay', 'a'] as const, ['pay', 'b'] as const];
    expect(
      failures(calls, [
        ['pay', 'b', true],
        ['pay', 'a'],
      ]),
    ).toEqual([null, 'timeout']);
  });

  test('else by name, in order', () => {
    const calls = [['pay', null] as const, ['get', null] as const, ['pay', null] as const];
    const spans = [['get', null] as const, ['pay', null] as const, ['pay', null, true] as const];
    expect(failures(calls, spans)).toEqual([null, null, 'timeout']);
  });

  test('never by name alone where both have ids', () => {
    expect(failures([['pay', 'a']], [['pay', 'b', true]])).toEqual([null]);
  });
});
