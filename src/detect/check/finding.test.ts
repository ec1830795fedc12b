import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Check } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import { assistant, call, makeTrace, result, tool, user } from '../../testing/trace.ts';
import { isVerbatim } from '../evidence.ts';
import { findingOf } from './finding.ts';
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
const find = (said: Json | null) => findingOf(check, said, trace, stepsOf(trace));
const yes = (...quotes: readonly Json[]): Json => ({
  quotes,
  reason: 'It never called `refund_order`, only get_order with order_id, for Mr Smith.',
  verdict: 'yes',
  confidence: 1,
});

test('a yes with a quote that holds is a signal, in the words of the trace', () => {
  const found = find(
    yes({ step: 4, text: 'Your refund is on its way' }, { step: 1, text: 'invented words' }),
  );
  expect(found).toEqual({
    kind: 'said',
    signal: {
      detector: 'refund_promised',
      verdict: 'yes',
      category: 'false_promise',
      confidence: 0.9,
      spanId: 'span-answer',
      summary: 'The answer promises a refund without calling refund_order',
      fingerprint: 'refund_promised|check',
      evidence: [
        { spanId: 'span-answer', path: '/messages/3/content', quote: 'Your refund  is on its way' },
      ],
    },
  });
  expect(
    found.kind === 'said' && found.signal.evidence.every((each) => isVerbatim(trace, each)),
  ).toBe(true);
});

const text = 'refund is on its way';

test.each<{ name: string; quotes: readonly Json[]; path: string }>([
  { name: 'of another step', quotes: [{ step: 1, text }], path: '/messages/3/content' },
  { name: 'without a step', quotes: [text], path: '/messages/3/content' },
  { name: 'of a step that is none', quotes: [{ step: 99, text }], path: '/messages/3/content' },
  { name: 'beside some of no form', quotes: [7, {}, text], path: '/messages/3/content' },
  {
    name: 'of a call',
    quotes: [{ step: 2, text: '{"order_id":"7"}' }],
    path: '/messages/1/toolCalls/0/arguments',
  },
  {
    name: 'of the name of a call',
    quotes: [{ step: 2, text: 'get_order' }],
    path: '/messages/1/toolCalls/0/name',
  },
])('a quote $name is found where it stands', ({ quotes, path }) => {
  const found = find(yes(...quotes));
  expect(found.kind === 'said' && found.signal.evidence[0]?.path).toBe(path);
});

test.each([
  ['no quote', yes()],
  ['invented words', yes({ step: 4, text: 'I have refunded you' })],
  ['a quote too short to prove anything', yes({ step: 4, text: 'on' })],
  ['quotes of no form', { verdict: 'yes', quotes: 'Your refund is on its way' }],
])('a yes with %s is dropped', (_, said) => {
  expect(find(said)).toEqual({ kind: 'unverified' });
});

test.each([
  ['no', { verdict: 'no', quotes: [], reason: '', confidence: 0.8 }, 'no'],
  ['No, it does not.', { verdict: 'No, it does not.' }, 'no'],
  ['false', { verdict: false }, 'no'],
  ['unknown', { verdict: 'unknown' }, 'unknown'],
  ['Cannot tell', { verdict: 'Cannot tell' }, 'unknown'],
])('%s needs no quote', (_, said, verdict) => {
  expect(find(said)).toMatchObject({
    kind: 'said',
    signal: { verdict, category: null, evidence: [] },
  });
});

test.each([
  ['nothing', null],
  ['no verdict', { reason: 'hm' }],
  ['a verdict of no meaning', { verdict: 'maybe' }],
  ['no object', ['yes']],
])('%s is no answer', (_, said) => {
  expect(find(said)).toEqual({ kind: 'unanswered' });
});

test.each([
  [0.3, 0.3],
  [85, 0.85],
  [-1, 0],
  ['high', 0.5],
])('a confidence of %s counts as %s', (confidence, expected) => {
  const said = { ...(yes('refund is on its way') as object), confidence } as Json;
  const found = find(said);
  expect(found.kind === 'said' && found.signal.confidence).toBe(expected);
});

test('whatever a model answers, a yes has evidence that is in the trace word for word', () => {
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
    fc.property(answer, (said) => {
      const found = find(said as Json);
      if (found.kind !== 'said' || found.signal.verdict !== 'yes') return;
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
