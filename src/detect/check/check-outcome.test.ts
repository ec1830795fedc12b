import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Check } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import { assistant, call, makeTrace, result, tool, user } from '../../testing/trace.ts';
import { isVerbatim } from '../evidence.ts';
import { checkOutcome } from './check-outcome.ts';
import { stepsOf } from './steps.ts';

const check: Check = {
  name: 'refund_promised',
  text: 'The answer promises a refund without calling refund_order',
  category: 'false_promise',
  severity: 4,
  layer: 'prompt',
  fixCost: 1,
};
const trace = makeTrace({
  messages: [
    user('Refund order 7, please'),
    { ...assistant('', call('get_order', { order_id: '7' })), spanId: 'span-call' },
    result('call-1', 'get_order', { order_id: '7', state: 'delivered' }),
    { ...assistant('Your refund  is on its way.'), spanId: 'span-answer' },
  ],
  tools: [tool('refund_order', {})],
});
const find = (given: Json | null) => checkOutcome(check, given, trace, stepsOf(trace));
const yes = (...quotes: readonly Json[]): Json => ({
  quotes,
  reason: 'It never called `refund_order`, only get_order with order_id, for Mr Smith.',
  verdict: 'yes',
  confidence: 1,
});

test('a yes with a verified quote is a signal, in the words of the trace', () => {
  const found = find(
    yes({ step: 4, text: 'Your refund is on its way' }, { step: 1, text: 'invented words' }),
  );
  expect(found).toEqual({
    kind: 'answered',
    signal: {
      detector: 'refund_promised',
      verdict: 'yes',
      category: 'false_promise',
      confidence: 0.9,
      spanId: 'span-answer',
      tier: 'claimed',
      cause: ['refund_promised'],
      statement: {
        template: 'The answer promises a refund without calling refund_order',
        slots: [],
      },
      evidence: [
        { spanId: 'span-answer', path: '/messages/3/content', quote: 'Your refund  is on its way' },
      ],
    },
  });
  expect(
    found.kind === 'answered' && found.signal.evidence.every((each) => isVerbatim(trace, each)),
  ).toBe(true);
});

test('a check that is its own category has no further cause', () => {
  const own = { ...check, category: check.name };
  const given = yes('Your refund is on its way');
  expect(checkOutcome(own, given, trace, stepsOf(trace))).toMatchObject({
    signal: { category: 'refund_promised', cause: [] },
  });
});

const text = 'refund is on its way';

test.each<{ name: string; quotes: readonly Json[]; path: string }>([
  { name: 'of another step', quotes: [{ step: 1, text }], path: '/messages/3/content' },
  { name: 'without a step', quotes: [text], path: '/messages/3/content' },
  {
    name: 'of a step that does not exist',
    quotes: [{ step: 99, text }],
    path: '/messages/3/content',
  },
  { name: 'beside malformed ones', quotes: [7, {}, text], path: '/messages/3/content' },
  {
    name: 'of a call',
    quotes: [{ step: 2, text: '{"order_id":"7"}' }],
    path: '/messages/1/toolCalls/0/arguments/order_id',
  },
  {
    name: 'of the name of a call',
    quotes: [{ step: 2, text: 'get_order' }],
    path: '/messages/1/toolCalls/0/name',
  },
])('finds a quote $name', ({ quotes, path }) => {
  const found = find(yes(...quotes));
  expect(found.kind === 'answered' && found.signal.evidence[0]?.path).toBe(path);
});

test.each([
  ['no quote', yes()],
  ['invented words', yes({ step: 4, text: 'I have refunded you' })],
  ['a quote too short to prove anything', yes({ step: 4, text: 'on' })],
  ['malformed quotes', { verdict: 'yes', quotes: 'Your refund is on its way' }],
])('a yes with %s is dropped', (_, given) => {
  expect(find(given)).toEqual({ kind: 'unverified' });
});

test.each([
  ['no', { verdict: 'no', quotes: [], reason: '', confidence: 0.8 }, 'no'],
  ['No, it does not.', { verdict: 'No, it does not.' }, 'no'],
  ['false', { verdict: false }, 'no'],
  ['unknown', { verdict: 'unknown' }, 'unknown'],
  ['Cannot tell', { verdict: 'Cannot tell' }, 'unknown'],
])('%s needs no quote', (_, given, verdict) => {
  expect(find(given)).toMatchObject({
    kind: 'answered',
    signal: { verdict, category: null, evidence: [] },
  });
});

test.each([
  ['nothing', null],
  ['no verdict', { reason: 'hm' }],
  ['a meaningless verdict', { verdict: 'maybe' }],
  ['no object', ['yes']],
])('%s is not an answer', (_, given) => {
  expect(find(given)).toEqual({ kind: 'unanswered' });
});

test.each([
  [0.3, 0.3],
  [85, 0.85],
  [-1, 0],
  ['high', 0.5],
])('a confidence of %s counts as %s', (confidence, expected) => {
  const given = { ...(yes('refund is on its way') as object), confidence } as Json;
  const found = find(given);
  expect(found.kind === 'answered' && found.signal.confidence).toBe(expected);
});

test('whatever a model answers, a yes has verbatim evidence from the trace', () => {
  const piece = fc
    .record({ message: fc.constantFrom(...trace.messages), from: fc.nat(20), to: fc.nat(60) })
    .map(({ message, from, to }) => message.content.slice(from, to));
  const text = fc.oneof(fc.string(), piece);
  const quote = fc.oneof(
    fc.record({ step: fc.integer({ min: -2, max: 9 }), text }),
    text,
    fc.jsonValue(),
  );
  const answer = fc.record({
    quotes: fc.oneof(fc.array(quote, { maxLength: 5 }), fc.jsonValue()),
    reason: fc.jsonValue(),
    verdict: fc.oneof(fc.constantFrom('yes', 'no', 'unknown'), fc.jsonValue()),
    confidence: fc.jsonValue(),
  });
  let verified = 0;
  fc.assert(
    fc.property(answer, (given) => {
      const found = find(given as Json);
      if (found.kind !== 'answered' || found.signal.verdict !== 'yes') return;
      verified += 1;
      expect(found.signal.evidence.length).toBeGreaterThan(0);
      expect(found.signal.evidence.every((each) => isVerbatim(trace, each))).toBe(true);
      expect(found.signal.confidence).toBeGreaterThanOrEqual(0);
      expect(found.signal.confidence).toBeLessThanOrEqual(0.9);
    }),
    { seed: 4, numRuns: 1_000 },
  );
  expect(verified).toBeGreaterThan(20);
});
