import { expect, test } from 'vitest';
import type { Usage } from '../../../contract/trace.ts';
import { assistant, makeSpan, user } from '../../../testing/trace.ts';
import { askCheck } from '../../testing/ask-check.ts';

const usage: Usage = {
  ...{ inputTokens: 4_000, outputTokens: 500 },
  ...{ cachedTokens: 1_000, reasoningTokens: 200, cost: 0.02 },
};
const spans = [
  makeSpan({ name: 'chat', kind: 'model', startTime: 0, endTime: 900, finishReason: 'tool_call' }),
  makeSpan({ name: 'search', kind: 'tool', startTime: 900, endTime: 2_400 }),
  makeSpan({
    name: 'chat',
    kind: 'model',
    startTime: 2_400,
    endTime: 3_000,
    finishReason: 'length',
  }),
];
const run = { usage, spans, startTime: 0, endTime: 3_000 };

test.each([
  ['latency', { most: 3_000 }, 'pass', 3_000],
  ['latency', { most: 2_999 }, 'fail', 3_000],
  ['total_tokens', { most: 4_499 }, 'fail', 4_500],
  ['input_tokens', { most: 4_000 }, 'pass', 4_000],
  ['output_tokens', { most: 400 }, 'fail', 500],
  ['reasoning_tokens', { most: 200 }, 'pass', 200],
  ['cost', { most: 0.01 }, 'fail', 0.02],
  ['model_calls', { most: 1 }, 'fail', 2],
  ['slowest_step', { most: 1_000 }, 'fail', 1_500],
  ['slowest_step', { most: 1_000, kind: 'model' }, 'pass', 900],
  ['cached_share', { min: 0.3 }, 'fail', 0.25],
  ['finish_reason', {}, 'fail', null],
  ['finish_reason', { allowed: ['stop', 'length'] }, 'pass', null],
] as const)('%s %o: %s', async (check, params, verdict, value) => {
  expect(await askCheck(check, params, run)).toMatchObject({ verdict, value });
});

test.each([
  'latency',
  'total_tokens',
  'input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost',
  'model_calls',
  'slowest_step',
])('%s cannot tell what was not recorded', async (check) => {
  expect((await askCheck(check, { most: 1 }, {})).verdict).toBe('cannot_tell');
});

test('model calls of a conversation are the messages of the assistant', async () => {
  const messages = [user('Hi'), assistant('Hello'), user('Bye'), assistant('Bye')];
  expect((await askCheck('model_calls', { most: 9 }, { messages })).value).toBe(2);
});
