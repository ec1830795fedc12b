import { expect, test } from 'vitest';
import type { Trace } from '../../contract/trace.ts';
import { makeSpan, makeTrace } from '../../testing/trace.ts';
import { outlierTracker } from './outlier.ts';

/** Latency 900 to 1,098 ms, 200 tokens give or take, cost in step. */
const normal = (index: number, parts: Partial<Trace> = {}): Trace =>
  makeTrace({
    id: `t${index}`,
    name: 'answer',
    startTime: 1_000_000,
    endTime: 1_000_000 + 900 + 2 * (index % 100),
    usage: {
      inputTokens: 150 + (index % 50),
      outputTokens: 50,
      cachedTokens: null,
      reasoningTokens: null,
      cost: 0.001 * (1 + (index % 10) / 10),
    },
    ...parts,
  });
const population = (n: number): Trace[] => Array.from({ length: n }, (_, index) => normal(index));
const slow = normal(1000, {
  endTime: 1_060_000,
  spans: [
    makeSpan({ id: 'root', name: 'answer', startTime: 0, endTime: 60_000 }),
    makeSpan({
      id: 'tool',
      parentId: 'root',
      kind: 'tool',
      name: 'search_docs',
      startTime: 0,
      endTime: 59_000,
    }),
  ],
});

test('one slow run among 200 is a latency outlier, quoted by its times', () => {
  const tracker = outlierTracker();
  for (const trace of [...population(200), slow]) tracker.add(trace);
  expect(tracker.judge(slow)).toMatchObject([
    {
      verdict: 'yes',
      category: 'latency_outlier',
      fingerprint: 'latency_outlier|tool|search_docs',
      spanId: 'tool',
      evidence: [
        { path: '/endTime', quote: '1060000' },
        { path: '/startTime', quote: '1000000' },
      ],
    },
  ]);
  expect(tracker.judge(normal(7))[0]?.verdict).toBe('no');
});

test('fewer than 100 comparable runs judge nothing', () => {
  const tracker = outlierTracker();
  for (const trace of [...population(98), slow]) tracker.add(trace);
  expect(tracker.judge(slow)).toMatchObject([{ verdict: 'unknown' }]);
});

test('what 3 % of runs do is no outlier, however far off', () => {
  const tracker = outlierTracker();
  for (const trace of [...population(97), slow, slow, slow]) tracker.add(trace);
  expect(tracker.judge(slow)[0]?.verdict).toBe('no');
});

test('the top 1 % of an ordinary spread is no outlier', () => {
  const tracker = outlierTracker();
  for (const trace of population(300)) tracker.add(trace);
  expect(population(300).filter((trace) => tracker.judge(trace)[0]?.verdict === 'yes')).toEqual([]);
});

test('prompt versions and operations are groups of their own, digits in names are not', () => {
  const tracker = outlierTracker();
  for (const trace of population(200)) tracker.add(trace);
  for (const name of ['run 123456', 'run 987654']) {
    for (let index = 0; index < 60; index++) tracker.add(normal(index, { name }));
  }
  expect(tracker.judge(normal(1, { promptVersion: '2' }))[0]?.verdict).toBe('unknown');
  expect(tracker.judge(normal(1, { name: 'run 555555' }))[0]?.verdict).toBe('no');
});

test('cost and token outliers name the side that grew', () => {
  const tracker = outlierTracker();
  const usage = {
    inputTokens: 90_000,
    outputTokens: 60,
    cachedTokens: null,
    reasoningTokens: null,
    cost: 2,
  };
  const dear = normal(1000, { usage });
  for (const trace of [...population(200), dear]) tracker.add(trace);
  expect(tracker.judge(dear).map(({ fingerprint }) => fingerprint)).toEqual([
    'cost_outlier|input',
    'token_outlier|input',
  ]);
});

test('order and split over trackers do not change the verdicts', () => {
  const all = [...population(200), slow];
  const one = outlierTracker();
  for (const trace of all) one.add(trace);
  const left = outlierTracker();
  const right = outlierTracker();
  for (const [index, trace] of [...all].reverse().entries())
    (index % 3 === 0 ? left : right).add(trace);
  left.merge(right);
  expect(left.judge(slow)).toEqual(one.judge(slow));
});

test('of too many groups the same ones are kept in any order', () => {
  const traces = Array.from({ length: 50 }, (_, index) =>
    normal(index, { name: `op ${'abcdefghij'[index % 10]}${'klmno'[Math.floor(index / 10)]}` }),
  );
  const forward = outlierTracker({ groups: 5 });
  const backward = outlierTracker({ groups: 5 });
  for (const trace of traces) forward.add(trace);
  for (const trace of [...traces].reverse()) backward.add(trace);
  expect(forward.seen.size).toBe(5);
  expect([...forward.seen.keys()].sort()).toEqual([...backward.seen.keys()].sort());
});
