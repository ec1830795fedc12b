import { describe, expect, it } from 'vitest';
import {
  assistant,
  call,
  makeSpan,
  makeTrace,
  result,
  runOf,
  tool,
  user,
} from '../../testing/trace.ts';
import { callsOf } from './calls.ts';

describe('callsOf', () => {
  it('pairs calls and results by id, or else by order', () => {
    const trace = makeTrace({
      messages: [
        user('Go'),
        assistant('', call('a', {}, '1'), call('b', {}, '2')),
        result('2', 'b', 'for b'),
        result('1', 'a', 'for a'),
        assistant('', { id: null, name: 'c', arguments: {} }),
        { ...result('', 'c', 'for c'), toolCallId: null },
      ],
    });
    expect(
      callsOf(trace).map(({ call: { name }, result: found, path }) => [name, found?.text, path]),
    ).toEqual([
      ['a', 'for a', '/messages/1/toolCalls/0'],
      ['b', 'for b', '/messages/1/toolCalls/1'],
      ['c', 'for c', '/messages/4/toolCalls/0'],
    ]);
  });

  it('takes calls from tool spans if the messages have none', () => {
    const trace = makeTrace({
      tools: [tool('find', {})],
      spans: [
        makeSpan({
          id: 's1',
          kind: 'tool',
          toolCall: call('find', { id: 1 }),
          toolResult: 'found',
        }),
        makeSpan({
          id: 's2',
          kind: 'tool',
          toolCall: call('find', { id: 2 }),
          error: { type: 'KeyError', message: 'no such id', spanId: 's2' },
        }),
      ],
    });
    expect(callsOf(trace)).toMatchObject([
      {
        spanId: 's1',
        path: '/spans/0/toolCall',
        result: { isError: false },
        tool: { name: 'find' },
      },
      { spanId: 's2', result: { isError: true, path: '/spans/1/error/message' } },
    ]);
  });

  it('counts a call once if it was recorded as requested and as executed', () => {
    const trace = makeTrace({
      messages: [
        user('Go'),
        assistant('', call('page_down', { x: 1 }, 'c1')),
        result('c1', 'page_down', 'page 2'),
        assistant('', { id: null, name: 'PageDownTool', arguments: { x: 1 } }),
      ],
    });
    expect(callsOf(trace).map((site) => site.call.name)).toEqual(['page_down']);
  });

  it.each([
    ['Error: not found', true],
    ['{"error": "order_not_found", "message": "…"}', true],
    ['{"status": 404}', true],
    ['Call id: 1\nError:\nboom', true],
    ['TypeError: x() got an unexpected keyword argument', true],
    ['{"error": null, "items": []}', false],
    ['The report speaks of an error in 2019.', false],
    ['', false],
  ])('takes the result %j for an error: %s', (text, isError) => {
    const trace = makeTrace({
      messages: [user('Go'), assistant('', call('a', {}, '1')), result('1', 'a', text)],
    });
    expect(callsOf(trace)[0]?.result?.isError).toBe(isError);
  });
});

describe('succeedsLater', () => {
  it('looks for a later success of the same tool', () => {
    const step = (id: string, name: string, text: string) => [
      assistant('', call(name, {}, id)),
      result(id, name, text),
    ];
    const trace = makeTrace({
      messages: [
        user('Go'),
        ...step('1', 'a', 'Error: x'),
        ...step('2', 'b', 'Error: x'),
        ...step('3', 'a', 'fine'),
      ],
    });
    const run = runOf(trace);
    expect(run.calls.map((site) => run.succeedsLater(site))).toEqual([true, false, false]);
  });
});
