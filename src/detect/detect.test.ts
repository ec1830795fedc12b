import { describe, expect, test } from 'vitest';
import type { Evidence } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { defaultOptions, makeScore, makeTrace } from '../testing/trace.ts';
import { type Detector, defineDetector } from './define.ts';
import { type DetectionOptions, detection, firstPass } from './detect.ts';

const BAD: Evidence = { spanId: null, path: '/output', quote: 'BAD' };

/** Finds every trace whose output is BAD, with the evidence given. */
const planted = (evidence = BAD): Detector =>
  defineDetector({
    id: 'planted',
    category: { name: 'Planted', definition: 'Good.', severity: 3, layer: 'prompt', fixCost: 1 },
    detect: (run) =>
      run.output.includes('BAD') &&
      run.finding({
        cause: ['planted'],
        statement: 'Planted',
        confidence: 1,
        evidence: [evidence],
      }),
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
    makeTrace({ id: `good-${index}`, input: 'Name a color', output: 'green' }),
  ),
  ...Array.from({ length: bad }, (_, index) =>
    makeTrace({ id: `bad-${index}`, input: 'Name a color', output: 'BAD' }),
  ),
];

const detect = (population: readonly Trace[], parts: Partial<DetectionOptions> = {}) => {
  const reading = firstPass(defaultOptions);
  reading.add(population);
  const detecting = detection(options(parts), reading.finish());
  detecting.add(population);
  return detecting.finish();
};

/** A trace that the planted detector finds, or not, with a person's verdict, or none. */
const judgedTrace = (id: string, output: string, label: 'pass' | 'fail' | null): Trace =>
  makeTrace({
    id,
    input: 'Name a color',
    output,
    scores: label === null ? [] : [makeScore({ name: 'review', label })],
  });

const symptom = defineDetector({
  id: 'mood',
  tier: 'symptom',
  category: { name: 'Mood', definition: 'Calm.', severity: 1, layer: 'prompt', fixCost: 1 },
  detect: (run) =>
    run.output.includes('SIGH') &&
    run.finding({
      cause: ['mood'],
      statement: 'Somebody sighs',
      confidence: 1,
      evidence: [run.quote('/output', 'SIGH')],
    }),
});

describe('failed or not', () => {
  const judged = [
    judgedTrace('bad, passed', 'BAD', 'pass'),
    judgedTrace('bad, failed', 'BAD', 'fail'),
    judgedTrace('bad, not judged', 'BAD', null),
    judgedTrace('good, failed', 'green', 'fail'),
    judgedTrace('good, passed', 'green', 'pass'),
    judgedTrace('good, not judged', 'green', null),
  ];

  test('is decided by the outcome that the file records, and by signals where it records none', () => {
    const found = detect(judged);
    expect(found.failures.map(({ trace }) => trace.id).sort()).toEqual([
      'bad, failed',
      'bad, not judged',
      'good, failed',
    ]);
    expect(found.outcomes).toEqual({ judged: 4, failed: 2 });
  });

  test('counts a trace that passed in spite of a signal as a suspect', () => {
    expect(detect(judged).suspects).toEqual({
      count: 1,
      byCategory: [{ category: 'planted', count: 1 }],
    });
  });

  test('counts a trace with symptoms only as a suspect, and keeps it from the passing traces', () => {
    const found = detect([makeTrace({ id: 'sigh', output: 'SIGH' })], { detectors: [symptom] });
    expect(found).toMatchObject({ failed: 0, passing: [], suspects: { count: 1 } });
  });

  test('measures each detector on the outcomes: half of all failed, half of those flagged did', () => {
    const [{ precision } = { precision: null }] = detect(judged).detectors.filter(
      ({ id }) => id === 'planted',
    );
    expect(precision).toEqual({ flagged: 2, failed: 1, lift: 1 });
  });

  test('ignores a good score for one side of the answer', () => {
    const found = detect([
      makeTrace({ id: 'a', output: 'BAD', scores: [makeScore({ name: 'fluency', value: 0.9 })] }),
      makeTrace({ id: 'b', output: 'ok', scores: [makeScore({ name: 'fluency', value: 0.1 })] }),
    ]);
    expect(found.failures.map(({ trace }) => trace.id).sort()).toEqual(['a', 'b']);
  });
});

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
      precision: null,
      openData: null,
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

  test('does not depend on batches or order', () => {
    const all = traces(50, 300);
    const whole = detect(all, { sample: 40 });
    const detecting = detection(options({ sample: 40 }), null);
    for (const trace of all.toReversed()) detecting.add([trace]);
    expect(detecting.finish().failures.map(({ trace }) => trace.id)).toEqual(
      whole.failures.map(({ trace }) => trace.id),
    );
  });

  test('drops a finding whose quote is not in the trace, and counts it', () => {
    const found = detect(traces(3, 5), {
      detectors: [planted({ ...BAD, quote: 'invented words' })],
    });
    expect(found.failed).toBe(0);
    expect(found.detectors.find(({ id }) => id === 'planted')).toMatchObject({
      yes: 0,
      no: 3,
      unknown: 5,
      unverified: 5,
    });
  });

  test('does not judge a trace with nothing recorded', () => {
    const found = detect([makeTrace({ id: 'empty', input: '', output: '' }), ...traces(1, 1)]);
    expect(found).toMatchObject({ traces: 3, eligible: 2 });
  });

  test('samples every eligible trace when asked, and calls only those failed that did', () => {
    const { failed, sampledFrom, failures } = detect(traces(7, 2), { all: true });
    expect({ failed, sampledFrom }).toEqual({ failed: 2, sampledFrom: 9 });
    expect(failures.filter((each) => each.failed)).toHaveLength(2);
  });

  test('finds the run that took far longer than all others of its operation', () => {
    const timed = Array.from({ length: 300 }, (_, index) =>
      makeTrace({
        id: `t${index}`,
        name: 'answer',
        input: 'Name a color',
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

  test('refuses a score rule that it cannot read', () => {
    expect(() => detection(options({ scores: ['x~1'] }), null)).toThrow(/x~1/);
  });
});
