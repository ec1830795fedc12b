import { expect, it } from 'vitest';
import { messagesOf } from './message.ts';

const CALLING =
  "Calling tools:\n[{'id': 'c1', 'type': 'function', 'function': {'name': 'get_order', 'arguments': {'order_id': 'A-1'}}}]";
const RESULT = 'Call id: c1\nObservation:\nFriday';

it.each([
  ['with its own roles', 'tool-call', 'tool-response'],
  ['with every role made user', 'user', 'user'],
])('smolagents %s: calls and results are recognized in the text', (_, calling, answering) => {
  const messages = messagesOf([
    { role: calling, content: CALLING },
    { role: answering, content: RESULT },
  ]);
  expect(messages).toMatchObject([
    {
      role: 'assistant',
      content: '',
      toolCalls: [{ id: 'c1', name: 'get_order', arguments: { order_id: 'A-1' } }],
    },
    { role: 'tool', content: RESULT, toolCallId: 'c1' },
  ]);
});

it.each(['Calling tools:\nnone today', 'Call me later', 'Call id: unknown to me'])(
  '%j stays what the user said',
  (content) => {
    expect(messagesOf([{ role: 'user', content }])).toMatchObject([{ role: 'user', content }]);
  },
);
