import { expect, test } from 'vitest';
import type { Trace } from '../../../contract/trace.ts';
import { defaultOptions, makeSpan, makeTrace } from '../../../testing/trace.ts';
import { statementText } from '../../../text/statement.ts';
import { noFileModel } from '../../file/no-file-model.ts';
import { normsSummary } from '../../file/norms.ts';
import type { Finding } from '../../finding.ts';

import { Run } from '../../run/run.ts';
import { outlier } from './outlier.ts';

const runOf = (trace: Trace): Run => new Run(trace, defaultOptions);

/** Asks about one trace of a population. */
function answer(trace: Trace, population: readonly Trace[]) {
  const norms = normsSummary();
  for (const each of population) norms.add(runOf(each));
  return outlier.detect(runOf(trace), {
    traces: population.length,
    norms: norms.freeze(),
    model: noFileModel,
  });
}
const findings = (trace: Trace, population: readonly Trace[]) =>
  answer(trace, population) as readonly Finding[];

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

test('one slow run among 200 is a latency outlier, quoted by the step that took the time', () => {
  const all = [...population(200), slow];
  const [found] = findings(slow, all);
  expect(found).toMatchObject({
    category: 'latency_outlier',
    cause: ['tool', 'search_docs'],
    spanId: 'tool',
    evidence: [{ path: '/spans/1/name', quote: 'search_docs' }],
  });
  // 60,000 ms against a median of 998 ms; the sketch is exact to 1%.
  expect(statementText(found!.statement)).toMatch(/^Latency is (?:60|61) times the median/);
  expect(answer(normal(7), all)).toEqual([]);
});

test('cannot tell from fewer than 100 comparable runs', () => {
  expect(answer(slow, [...population(98), slow])).toHaveProperty('missing');
});

test('cannot tell from a single trace', () => {
  expect(outlier.detect(runOf(slow), null)).toHaveProperty('missing');
});

test('a value that 3% of the runs reach is not an outlier, however extreme', () => {
  expect(answer(slow, [...population(97), slow, slow, slow])).toEqual([]);
});

test('the top 1% of an ordinary spread is no outlier', () => {
  const all = population(300);
  expect(all.flatMap((trace) => findings(trace, all))).toEqual([]);
});

test('separates prompt versions and operations, ignoring digits in names', () => {
  const all = [
    ...population(200),
    ...['run 123456', 'run 987654'].flatMap((name) =>
      Array.from({ length: 60 }, (_, index) => normal(index, { name })),
    ),
  ];
  expect(answer(normal(1, { promptVersion: '2' }), all)).toHaveProperty('missing');
  expect(answer(normal(1, { name: 'run 555555' }), all)).toEqual([]);
});

test('cost and token outliers name the side that grew', () => {
  const usage = {
    inputTokens: 90_000,
    outputTokens: 60,
    cachedTokens: null,
    reasoningTokens: null,
    cost: 2,
  };
  const expensive = normal(1000, { usage });
  expect(
    findings(expensive, [...population(200), expensive]).map(({ category, cause }) => [
      category,
      ...cause,
    ]),
  ).toEqual([
    ['cost_outlier', 'input'],
    ['token_outlier', 'input'],
  ]);
});
