import { describe, expect, test } from 'vitest';
import { makeSignal } from '../testing/signal.ts';
import { makeSpan, makeTrace } from '../testing/trace.ts';
import { orderByCause, rootSpan } from './cause-order.ts';

const spans = [makeSpan({ id: 'first' }), makeSpan({ id: 'second' })];
const trace = makeTrace({ spans });

describe('the first cause', () => {
  test.each([
    { why: 'a proven cause before a likely one', tiers: ['likely', 'proven'], first: 'proven' },
    {
      why: "a model's claim after what code proves",
      tiers: ['claimed', 'proven'],
      first: 'proven',
    },
    {
      why: "a model's claim before a likely cause",
      tiers: ['likely', 'claimed'],
      first: 'claimed',
    },
    { why: 'a cause before a symptom', tiers: ['symptom', 'likely'], first: 'likely' },
    { why: 'an outlier before a bare score', tiers: ['filter', 'outlier'], first: 'outlier' },
  ] as const)('puts $why', ({ tiers, first }) => {
    const signals = tiers.map((tier) => makeSignal({ tier }));
    expect(orderByCause(trace, signals)[0]?.tier).toBe(first);
  });

  test('among equals is the one upstream', () => {
    const [first] = orderByCause(trace, [
      makeSignal({ category: 'agent_loop', spanId: 'second' }),
      makeSignal({ category: 'retrieval_miss', spanId: 'first' }),
    ]);
    expect(first?.category).toBe('retrieval_miss');
  });

  test('leaves out what did not say yes', () => {
    const signals = [makeSignal({ verdict: 'unknown' }), makeSignal({ verdict: 'no' })];
    expect(orderByCause(trace, signals)).toEqual([]);
  });

  test('gives the root span; without one, the deepest span in error', () => {
    const broken = makeTrace({
      spans: [
        spans[0]!,
        makeSpan({ id: 'second', error: { type: 'x', message: 'y', spanId: 'second' } }),
      ],
    });
    expect(rootSpan(broken, [makeSignal({ spanId: 'first' })])).toBe('first');
    expect(rootSpan(broken, [makeSignal({ spanId: null })])).toBe('second');
    expect(rootSpan(trace, [])).toBe(null);
  });
});
