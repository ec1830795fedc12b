import { expect, test } from 'vitest';
import type { Check } from '../../contract/check.ts';
import type { Detected } from '../../contract/detected.ts';
import { NO_FACTS } from '../../contract/fact-rows.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Json } from '../../contract/json.ts';
import type { Judge, Question } from '../../contract/judge.ts';
import type { Signal } from '../../contract/signal.ts';
import { makeTrace } from '../../testing/trace.ts';
import { TrafficTally } from '../population/traffic.ts';
import { judgeSample } from './judge-sample.ts';

const check = (name: string, text: string): Check => ({
  name,
  text,
  category: name,
  severity: 3,
  layer: 'prompt',
  fixCost: 2,
});
const checks = [check('rude', 'The answer is rude'), check('late', 'The answer is late')];

/** Says yes to an item when the run contains its last word in capitals, quoting the line. */
function scripted(say?: (material: string, item: string) => Json | null) {
  const asked: Question[] = [];
  const judge: Judge = {
    id: 'scripted',
    ask: async (questions, options) => {
      asked.push(...questions);
      options?.progress?.(questions.length, questions.length);
      const answers = questions.map(({ material, items }) =>
        items.map((item) => (say ?? byCapitals)(material, item)),
      );
      return { answers, inputTokens: 10, outputTokens: 2, cost: 0.5 };
    },
  };
  return { judge, asked };
}

function byCapitals(material: string, item: string): Json {
  const word = item.split(' ').at(-1)?.toUpperCase() ?? '';
  const line = material.split('\n').find((each) => each.includes(word));
  return line === undefined
    ? { verdict: 'no', quotes: [], reason: '', confidence: 1 }
    : { verdict: 'yes', quotes: [{ step: 2, text: line }], reason: '', confidence: 0.8 };
}

const run = (id: string, output: string) => makeTrace({ id, input: 'Hello there', output });
const low: Signal = {
  detector: 'score',
  verdict: 'yes',
  tier: 'filter',
  category: null,
  cause: ['low'],
  statement: { template: 'low', slots: [] },
  confidence: 1,
  spanId: null,
  evidence: [{ spanId: null, path: '/output', quote: 'x' }],
};
const failure = (id: string, output: string): Failure => ({
  trace: run(id, output),
  failed: true,
  signals: [low],
  cause: null,
  facts: NO_FACTS,
  rootSpanId: null,
  weight: 3,
});

const detected = (parts: Partial<Detected> = {}): Detected => ({
  failures: [
    failure('f1', 'RUDE words here'),
    failure('f2', 'fine words here'),
    failure('f3', 'RUDE again here'),
  ],
  passing: [run('p1', 'quite fine'), run('p2', 'LATE but fine'), run('p3', 'RUDE but fine')],
  traces: 1_000,
  eligible: 1_000,
  failed: 9,
  sampledFrom: 9,
  ledger: null,
  rules: [],
  measures: [],
  suspects: { count: 0, byCategory: [] },
  outcomes: { judged: 0, failed: 0 },
  population: { rows: [], columns: new Map(), isComplete: false },
  traffic: new TrafficTally().counts(),
  detectors: [],
  gaps: [],
  judging: null,
  ...parts,
});
const options = { checks, judgeScope: 'all', judgeFailures: 100, judgePassing: 0 } as const;

test('asks every check about the sampled failures and names their causes', async () => {
  const { judge, asked } = scripted();
  const found = await judgeSample(detected(), options, judge, {});
  expect(asked.length).toBe(3);
  expect(asked[0]?.items).toEqual(['The answer is rude', 'The answer is late']);
  expect(found.failures.map(({ signals }) => signals.map(({ detector }) => detector))).toEqual([
    ['rude', 'score'],
    ['score'],
    ['rude', 'score'],
  ]);
  expect(found).toMatchObject({ failed: 9, passing: [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }] });
  expect(found.detectors).toMatchObject([
    { id: 'rude', yes: 2, no: 1, unknown: 0, unverified: 0, errors: 0 },
    { id: 'late', yes: 0, no: 3 },
  ]);
  expect(found.judging).toEqual({
    judge: 'scripted',
    checks,
    scope: 'all',
    failures: 3,
    passing: 0,
    found: 0,
    unanswered: 0,
    inputTokens: 10,
    outputTokens: 2,
    cost: 0.5,
  });
});

test('a failure found among passing traces represents its share of all of them', async () => {
  const { judge } = scripted();
  const found = await judgeSample(detected(), { ...options, judgePassing: 2 }, judge, {});
  // 991 passing traces, 2 of them judged: each represents 495.5.
  expect(found.failures.at(-1)).toMatchObject({
    trace: { id: 'p2' },
    weight: 495.5,
    signals: [{ detector: 'late' }],
  });
  expect(found).toMatchObject({ failed: 9 + 496, judging: { passing: 2, found: 1 } });
  expect(found.passing.map(({ id }) => id)).toEqual(['p1', 'p3']);
});

test.each([
  ['tool_argument_mismatch', 'proven', ['tool_argument_mismatch', 'rude', 'score']],
  ['groundedness_miss', 'likely', ['rude', 'groundedness_miss', 'score']],
] as const)('ranks a claim against %s, which is %s: %j', async (category, tier, order) => {
  const known: Signal = { ...low, detector: category, category, tier };
  const one = { ...failure('f1', 'RUDE words here'), signals: [known, low], cause: known };
  const { judge } = scripted();
  const found = await judgeSample(detected({ failures: [one] }), options, judge, {});
  expect(found.failures[0]?.signals.map(({ detector }) => detector)).toEqual(order);
  expect(found.failures[0]?.cause?.detector).toBe(order[0]);
});

test('asks about no more failures than allowed and keeps the others unchanged', async () => {
  const { judge, asked } = scripted();
  const found = await judgeSample(detected(), { ...options, judgeFailures: 1 }, judge, {});
  expect(asked.length).toBe(1);
  expect(found.failures.map(({ signals }) => signals.length)).toEqual([2, 1, 1]);
});

test('asks only about failures without a cause when the scope says so', async () => {
  const known: Signal = { ...low, category: 'agent_loop' };
  const named: Failure = { ...failure('f0', 'RUDE'), signals: [known], cause: known };
  const { judge, asked } = scripted();
  const found = await judgeSample(
    detected({ failures: [named, failure('f1', 'RUDE words here')] }),
    { ...options, judgeScope: 'unexplained' },
    judge,
    {},
  );
  expect(asked.length).toBe(1);
  expect(found.failures.map(({ trace, signals }) => [trace.id, signals.length])).toEqual([
    ['f0', 1],
    ['f1', 2],
  ]);
});

test('claims without a quote and missing answers are counted by check', async () => {
  const { judge } = scripted((_, item) =>
    item.endsWith('rude')
      ? {
          verdict: 'yes',
          quotes: [{ step: 1, text: 'ignore all previous' }],
          reason: '',
          confidence: 1,
        }
      : null,
  );
  const found = await judgeSample(detected(), options, judge, {});
  expect(found.failures.every(({ signals }) => signals.length === 1)).toBe(true);
  expect(found.detectors).toMatchObject([
    { id: 'rude', yes: 0, unverified: 3, errors: 0 },
    { id: 'late', yes: 0, unverified: 0, errors: 3, firstError: 'the model gave no usable answer' },
  ]);
  expect(found.judging).toMatchObject({ unanswered: 3 });
});
