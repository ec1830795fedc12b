import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { message } from '../../testing/trace.ts';
import { messagesOf, readMessages } from './message.ts';
import { systemText } from './system-prompt.ts';

describe('messages', () => {
  it('takes the type of a part over the role around it: tool results under role user', () => {
    const parts: Json = [
      { type: 'tool_call_response', id: 'c1', name: 'get_order', result: 'Friday' },
      { type: 'text', content: 'Go on.' },
    ];
    expect(messagesOf([{ role: 'user', parts }])).toEqual([
      message('tool', 'Friday', { toolCallId: 'c1', name: 'get_order' }),
      message('user', 'Go on.'),
    ]);
  });

  it.each([
    ['response', { response: 'Friday' }],
    ['result', { result: 'Friday' }],
    ['content', { content: 'Friday' }],
  ])('reads a tool result from %s', (_, held) => {
    const value = [{ role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', ...held }] }];
    expect(messagesOf(value)[0]?.content).toBe('Friday');
  });

  it.each<[string, Json, unknown]>([
    ['an object', { a: 1 }, { a: 1 }],
    ['JSON text', '{"a":1}', { a: 1 }],
    ['JSON text encoded twice', '"{\\"a\\":1}"', { a: 1 }],
    ['text that is no JSON', 'args1', 'args1'],
    ['nothing', null, {}],
    ['empty text', '', {}],
  ])('reads call arguments given as %s', (_, given, expected) => {
    const message = { role: 'assistant', tool_calls: [{ id: 'c', name: 'f', arguments: given }] };
    expect(messagesOf(message)[0]?.toolCalls[0]?.arguments).toEqual(expected);
  });

  it.each<[string, Json]>([
    ['a text part without content', [{ role: 'assistant', parts: [{ type: 'text' }] }]],
    ['the marker of OpenInference', [{ role: 'assistant', content: '__REDACTED__' }]],
    [
      'a marker in a part',
      [{ role: 'assistant', parts: [{ type: 'text', content: '[redacted]' }] }],
    ],
  ])('counts %s as redacted, not as said', (_, value) => {
    const read = readMessages(value, 'user');
    expect(read.redacted).toBe(1);
    expect(read.messages.map(({ content }) => content)).toEqual(['']);
  });

  it('marks media by kind and leaves their bytes out', () => {
    const content: Json = [
      { type: 'text', text: 'Look:' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: 'AAAA' },
    ];
    expect(messagesOf([{ role: 'user', content }])[0]?.content).toBe(
      'Look:\n[image]\n[media audio/wav]',
    );
  });

  it('keeps tool definitions that LangChain recorders list as messages out', () => {
    const tool = { type: 'function', function: { name: 'get_order', parameters: {} } };
    const value = [
      { role: 'user', content: 'Hi' },
      { role: 'tool', content: tool },
    ];
    expect(messagesOf(value)).toEqual([message('user', 'Hi')]);
  });

  it('joins parallel calls of the responses API into one message', () => {
    const item = (id: string): Json => ({
      type: 'function_call',
      call_id: id,
      name: 'f',
      arguments: '{}',
    });
    expect(messagesOf([item('a'), item('b')]).map(({ toolCalls }) => toolCalls.length)).toEqual([
      2,
    ]);
  });

  it.each<[string, Json]>([
    ['null', null],
    ['text', 'hello'],
    ['a number', 7],
    ['other objects', { eta: 'Friday', output: { content: { x: 1 } } }],
    ['a list of texts', ['a', 'b']],
    ['an object that holds itself deeply', nested(40)],
  ])('finds none in %s', (_, value) => {
    expect(messagesOf(value)).toEqual([]);
  });

  it('reads system instructions as text, parts or content', () => {
    for (const value of [
      'Be kind.',
      [{ type: 'text', content: 'Be kind.' }],
      { parts: [{ text: 'Be kind.' }] },
    ]) {
      expect(systemText(value)).toBe('Be kind.');
    }
  });
});

function nested(depth: number): Json {
  return depth === 0 ? { role: 'user', content: 'core' } : { message: nested(depth - 1) };
}
