import { describe, expect, test } from 'vitest';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { makeSpan, makeTrace } from '../testing/trace.ts';
import { type DetectionOptions, detection } from './detect.ts';
import type { Detector } from './detector.ts';
import { byCause, rootSpan } from './primary.ts';

const signal = (parts: Partial<Signal>): Signal => ({
  detector: 'planted',
  verdict: 'yes',
  category: 'planted',
  confidence: 1,
  spanId: null,
  summary: 'planted',
  fingerprint: 'planted',
  evidence: [{ spanId: null, path: '/output', quote: 'BAD' }],
  ...parts,
});

/** Says yes to every trace whose output is BAD, with the quote given. */
const planted = (quote = 'BAD'): Detector => ({
  id: 'planted',
  detect: (trace) => [
    trace.output.includes('BAD')
      ? signal({ evidence: [{ spanId: null, path: '/output', quote }] })
      : signal({ verdict: 'no', evidence: [] }),
  ],
});

const options = (parts: Partial<DetectionOptions> = {}): DetectionOptions => ({
  scores: [],
  stepBudget: 50,
  sample: 100,
  seed: 1,
  all: false,
  detectors: [planted()],
  policy: null,
  ...parts,
});

const traces = (good: number, bad: number): Trace[] => [
  ...Array.from({ length: good }, (_, index) =>
    makeTrace({ id: `good-${index}`, input: 'Name a colour', output: 'green' }),
  ),
  ...Array.from({ length: bad }, (_, index) =>
    makeTrace({ id: `bad-${index}`, input: 'Name a colour', output: 'BAD' }),
  ),
];

const detect = (population: readonly Trace[], parts: Partial<DetectionOptions> = {}) => {
  const detecting = detection(options(parts));
  detecting.add(population);
  return detecting.finish();
};

describe('detection', () => {
  test('counts the population and keeps the failures', () => {
    const found = detect(traces(30, 12));
    expect(found).toMatchObject({ traces: 42, eligible: 42, failed: 12 });
    expect(found.failures.map(({ trace }) => trace.id).sort()).toEqual(
      Array.from({ length: 12 }, (_, index) => `bad-${index}`).sort(),
    );
    expect(found.passing.every(({ id }) => id.startsWith('good'))).toBe(true);
    expect(found.detectors.find(({ id }) => id === 'planted')).toEqual({
      id: 'planted',
      yes: 12,
      no: 30,
      unknown: 0,
      unverified: 0,
      errors: 0,
      firstError: null,
    });
  });

  test('draws a sample with weights that stand for all failures', () => {
    const found = detect(traces(10, 400), { sample: 50 });
    expect(found.failures.length).toBe(50);
    expect(found.failures.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(400, 6);
  });

  test('does not depend on how traces come in batches or order', () => {
    const all = traces(50, 300);
    const whole = detect(all, { sample: 40 });
    const detecting = detection(options({ sample: 40 }));
    for (const trace of all.toReversed()) detecting.add([trace]);
    expect(detecting.finish().failures.map(({ trace }) => trace.id)).toEqual(
      whole.failures.map(({ trace }) => trace.id),
    );
  });

  test('drops a claim whose quote is not in the trace, and counts it', () => {
    const found = detect(traces(3, 5), { detectors: [planted('invented words')] });
    expect(found.failed).toBe(0);
    expect(found.detectors.find(({ id }) => id === 'planted')).toMatchObject({
      yes: 0,
      no: 3,
      unverified: 5,
    });
  });

  test('does not judge a trace with nothing recorded', () => {
    const found = detect([makeTrace({ id: 'empty', input: '', output: '' }), ...traces(1, 1)]);
    expect(found).toMatchObject({ traces: 3, eligible: 2 });
  });

  test('takes every eligible trace when asked', () => {
    expect(detect(traces(7, 2), { all: true }).failed).toBe(9);
  });

  test('finds the run that took far longer than all others of its operation', () => {
    const timed = Array.from({ length: 300 }, (_, index) =>
      makeTrace({
        id: `t${index}`,
        name: 'answer',
        input: 'Name a colour',
        output: 'green',
        startTime: 0,
        endTime: index === 137 ? 90_000 : 1000 + (index % 17),
      }),
    );
    const found = detect(timed);
    expect(found.failures.map(({ trace }) => trace.id)).toEqual(['t137']);
    expect(found.failures[0]?.signals[0]?.category).toBe('latency_outlier');
    expect(found.passing.some(({ id }) => id === 't137')).toBe(false);
  });

  test('refuses a score rule that is none', () => {
    expect(() => detection(options({ scores: ['x~1'] }))).toThrow(/x~1/);
  });
});

describe('the first cause', () => {
  const spans = [makeSpan({ id: 'first' }), makeSpan({ id: 'second' })];
  const trace = makeTrace({ spans });
  test.each([
    {
      why: 'a cause before a symptom',
      of: ['infrastructure_error', 'tool_argument_mismatch'],
      first: 'tool_argument_mismatch',
    },
    {
      why: 'a named cause before a bare score',
      of: [null, 'latency_outlier'],
      first: 'latency_outlier',
    },
    {
      why: 'a plug-in’s category before a symptom',
      of: ['user_frustration', 'my_check'],
      first: 'my_check',
    },
  ])('puts $why', ({ of, first }) => {
    expect(
      byCause(
        trace,
        of.map((category) => signal({ category })),
      )[0]?.category,
    ).toBe(first);
  });

  test('among equals is the one upstream', () => {
    const [first] = byCause(trace, [
      signal({ category: 'agent_loop', spanId: 'second' }),
      signal({ category: 'retrieval_miss', spanId: 'first' }),
    ]);
    expect(first?.category).toBe('retrieval_miss');
  });

  test('leaves out what did not say yes', () => {
    expect(byCause(trace, [signal({ verdict: 'unknown' }), signal({ verdict: 'no' })])).toEqual([]);
  });

  test('gives the root span; without one, the deepest span in error', () => {
    const broken = makeTrace({
      spans: [
        spans[0]!,
        makeSpan({ id: 'second', error: { type: 'x', message: 'y', spanId: 'second' } }),
      ],
    });
    expect(rootSpan(broken, [signal({ spanId: 'first' })])).toBe('first');
    expect(rootSpan(broken, [signal({})])).toBe('second');
    expect(rootSpan(trace, [])).toBe(null);
  });
});
