import { expect, test } from 'vitest';
import { assistant, call, makeTrace, result, signalsOf, user } from '../../../testing/trace.ts';
import { emptyOutput } from './empty-output.ts';

test.each([
  ['a blank answer', { messages: [user('Hi'), assistant('')] }, 'yes', ['blank']],
  ['a placeholder', { messages: [user('Hi'), assistant('null')] }, 'yes', ['placeholder']],
  [
    'an end on a tool result, which is another kind',
    { messages: [user('Hi'), assistant('', call('f', {})), result('call-1', 'f', '1')] },
    'no',
    [],
  ],
  [
    'no answer to a second question',
    { messages: [user('Hi'), assistant('Yes?'), user('Help')], output: '' },
    'yes',
    ['no answer'],
  ],
  ['an empty list, which can be an answer', { messages: [user('Hi'), assistant('[]')] }, 'no', []],
  ['a tool call', { messages: [user('Hi'), assistant('', call('f', {}))] }, 'no', []],
  ['a short answer', { messages: [user('Hi'), assistant('42')] }, 'no', []],
  ['nothing recorded', {}, 'unknown', []],
  [
    'a gap',
    {
      messages: [user('Hi'), assistant('')],
      gaps: [{ kind: 'no_output', spanId: null, detail: '' }],
    },
    'unknown',
    [],
  ],
] as const)('%s', (_, parts, verdict, cause) => {
  expect(signalsOf(emptyOutput, makeTrace(parts))).toMatchObject([{ verdict, cause }]);
});
