import { describe, expect, it } from 'vitest';
import { messagesOf } from './message.ts';
import { isFarewell, requestIn } from './request.ts';

const asked = (...texts: readonly string[]): string =>
  requestIn(messagesOf(texts.map((content) => ({ role: 'user', content }))));

describe('the request', () => {
  it.each([
    [['Cancel order 5.', 'Yes.'], 'Cancel order 5.'],
    [['Cancel order 5.', 'Yes, please do', 'Thanks a lot! ###STOP###'], 'Cancel order 5.'],
    [['Cancel order 5.', 'No, order 6.'], 'No, order 6.'],
    [['Hi'], 'Hi'],
    [['ok', 'thank you'], 'thank you'],
    [[], ''],
  ])('of %j is %j', (texts, request) => {
    expect(asked(...texts)).toBe(request);
  });

  it('is not the output of a command that came back in the user role', () => {
    const messages = messagesOf([
      { role: 'user', content: 'Fix it.' },
      { role: 'assistant', content: 'ls' },
      { role: 'user', content: 'Observation: a.py' },
    ]);
    expect(requestIn(messages)).toBe('Fix it.');
    expect(messages.at(-1)?.role).toBe('tool');
  });
});

it.each([
  ['Thanks, that is all I needed. ###STOP###', true],
  ['Goodbye!', true],
  ['ok', true],
  ['Thanks, but where is my refund?', false],
  ['Please cancel it, thanks', false],
])('%j ends a conversation: %s', (text, is) => {
  expect(isFarewell(text)).toBe(is);
});
