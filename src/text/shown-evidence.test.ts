import { expect, test } from 'vitest';
import { makeSpan, makeTrace } from '../testing/trace.ts';
import { isBare, shownEvidence } from './shown-evidence.ts';

const call = (name: string, given: object) => ({
  id: null,
  name,
  arguments: given as Record<string, string>,
});
const message = { toolCalls: [], toolCallId: null, name: null, spanId: null };
const trace = makeTrace({
  output: '{"answer":"I could not find anything about \\"returns\\".","sources":[]}',
  messages: [
    { ...message, role: 'user', content: 'Refund me.' },
    {
      ...message,
      role: 'assistant',
      content: '',
      toolCalls: [
        call('refund_order', { order_id: '30657997' }),
        call('search', { query: 'shoes', filter: { size: 41 }, page: 1, all: true }),
      ],
    },
    { ...message, role: 'tool', name: 'search', content: 'None' },
    {
      ...message,
      role: 'assistant',
      content: '{"reply": "Your order was refunded today.", "x": 5}',
    },
  ],
  scores: [
    {
      name: 'faithfulness',
      value: 0.2,
      label: null,
      explanation: 'It names a date that no source has. And more.',
      annotator: 'model',
      spanId: null,
    },
    {
      name: 'user_feedback',
      value: null,
      label: 'thumbs_down',
      explanation: null,
      annotator: 'human',
      spanId: null,
    },
  ],
  tools: [{ name: 'refund_order', description: 'Refund.', parameters: null }],
  metadata: { quality: { depth: 2 } },
  startTime: 1000,
  endTime: 13_500,
});

test.each([
  ['/messages/1/toolCalls/0/arguments/order_id', '30657997', 'refund_order(order_id: 30657997)'],
  ['/messages/1/toolCalls/0/name', 'refund_order', 'refund_order(order_id: 30657997)'],
  ['/messages/1/toolCalls/1/arguments/filter/size', '41', 'search(filter.size: 41, …)'],
  [
    '/messages/1/toolCalls/1/name',
    'search',
    'search(query: shoes, filter: {"size":41}, page: 1, …)',
  ],
  ['/messages/2/content', 'None', 'search → None'],
  [
    '/messages/3/content',
    '{"reply": "Your order was refunded today.", "x": 5}',
    'Your order was refunded today.',
  ],
  ['/messages/3/content', '"reply": "Your order', 'reply: Your order'],
  [
    '/output',
    '{"answer":"I could not find anything about \\"returns\\".","sour',
    'I could not find anything about "returns".',
  ],
  ['/messages/3/content', '{"x": 5}', 'x: 5'],
  ['/scores/0/value', '0.2', 'faithfulness 0.2: It names a date that no source has.'],
  [
    '/scores/1/label',
    'thumbs_down',
    'user_feedback thumbs_down: I could not find anything about "returns".',
  ],
  ['/tools/0/description', 'Refund.', 'refund_order: Refund.'],
  ['/metadata/quality/depth', '2', 'quality.depth 2: I could not find anything about "returns".'],
  ['/endTime', '13500', 'took 12.5\u00a0s'],
  ['/error/message', 'Timed out', 'the error: Timed out'],
  ['/error/message', 'Request timed out after 3 s', 'Request timed out after 3 s'],
  ['/output', '[]', 'the answer: []'],
  ['/output', '30', 'the answer: 30'],
  ['/status', 'error', 'ended with status error: I could not find anything about "returns".'],
  ['/messages/0/content', 'Refund me.', 'a message: Refund me.'],
])('%s "%s" is shown as %s', (path, quote, shown) => {
  expect(shownEvidence(trace, { spanId: null, path, quote })).toBe(shown);
});

test('an argument with the field that its value is from', () => {
  const evidence = {
    spanId: null,
    path: '/messages/1/toolCalls/0/arguments/order_id',
    quote: '30657997',
  };
  const from = (quote: string) => ({ spanId: null, path: '/messages/2/content', quote });
  const shown = (quote: string) => shownEvidence(trace, evidence, [evidence, from(quote)]);
  expect(shown('"account_id":"30657997"')).toBe(
    'refund_order(order_id: 30657997), the value of account_id',
  );
  expect(shown('"order_id":"30657997"')).toBe('refund_order(order_id: 30657997)');
  expect(shown('"account_id":"1"')).toBe('refund_order(order_id: 30657997)');
});

test('an answer that was cut off, by its last words', () => {
  const shown = (output: string) =>
    shownEvidence(makeTrace({ spans: [makeSpan({ kind: 'model', output })] }), {
      spanId: null,
      path: '/spans/0/finishReason',
      quote: 'length',
    });
  expect(shown('I cancelled the order and will')).toBe(
    'the model stopped (length) after: I cancelled the order and will',
  );
  expect(shown(`${'one two '.repeat(20)}three`)).toMatch(
    /after: … (?:one|two) [a-z ]{60,75}three$/,
  );
  expect(shown('')).toBe('the model stopped: length');
});

test('a score whose label is its explanation says it once', () => {
  const score = { name: 'match', value: 0, label: 'expected Canberra', annotator: 'code' } as const;
  const scores = [{ ...score, explanation: 'expected Canberra', spanId: null }];
  const evidence = { spanId: null, path: '/scores/0/label', quote: 'expected Canberra' };
  expect(shownEvidence(makeTrace({ scores }), evidence)).toBe('match: expected Canberra');
});

test.each([
  ['None', true],
  ['5', true],
  ['integral', true],
  ['[]', true],
  ['two words', true],
  ['search → None', false],
  ['B(t: 5, …)', false],
  ['It was not found.', false],
])('%s is bare: %s', (shown, bare) => {
  expect(isBare(shown)).toBe(bare);
});
