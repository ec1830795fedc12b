import { beforeAll, expect, test } from 'vitest';
import type { CasePayload } from '../src/contract/case-payload.ts';
import type { AttemptRecord } from '../src/contract/eval-run.ts';
import type { SuiteCase } from '../src/contract/suite.ts';
import type { Message, Trace } from '../src/contract/trace.ts';
import { assistant, call, makeTrace, result } from '../src/testing/trace.ts';
import { judgeAttempt } from '../src/verify/run/judge-attempt.ts';
import { outcomesOf } from '../src/verify/run/outcomes-of.ts';
import { proveSuite } from '../src/verify/suite/prove-suite.ts';
import { type ReadSuite, readSuites } from '../src/verify/suite/read-suites.ts';
import { judgeRun } from '../src/verify/verdict/judge-run.ts';
import { demoPromotion } from './demo-suite.ts';

/** One walk with the simulated support agent: a cause, its suite, and what versions of the agent do with it. */
const services = { judge: null, script: null };
let read: ReadSuite;

beforeAll(async () => {
  const { file, yaml, payload, suite } = await demoPromotion();
  read = readSuites([
    { path: suite.payload, text: payload },
    { path: file, text: yaml },
  ])[0]!;
}, 60_000);

/** What a version of the agent does with a case, or an error. */
type Version = (content: CasePayload, repeat: number) => readonly Message[] | string | Trace;

const account = (id: string) => [
  assistant('', call('get_account', { email: 'x' }, '1')),
  result('1', 'get_account', JSON.stringify({ account_id: id })),
];

const old: Version = ({ recorded }) => recorded;

const fixed: Version = () => [
  ...account('38000001'),
  assistant('', call('list_orders', { account_id: '38000001' }, '2')),
  result('2', 'list_orders', JSON.stringify({ orders: [{ order_id: '58000002' }] })),
  assistant('', call('refund_order', { order_id: '58000002' }, '3')),
  result('3', 'refund_order', '{"refunded": true}'),
  assistant('The refund is on its way to you.'),
];

const loops: Version = () => [
  ...account('38000001'),
  ...Array.from({ length: 8 }, (_, at) => [
    assistant('', call('list_orders', { account_id: '38000001' }, `l${at}`)),
    result(`l${at}`, 'list_orders', JSON.stringify({ orders: [] })),
  ]).flat(),
  assistant('Which order do you mean?'),
];

const refuses: Version = () => [assistant("I'm sorry, but I can't help with that request.")];

/** Controls work in every version that works at all; guards and slice go by the version. */
const onFailures =
  (version: Version): Version =>
  (content, repeat) =>
    content.recorded.error === null && content.toolResults.every(({ isError }) => !isError)
      ? old(content, repeat)
      : version(content, repeat);

async function attempts(arm: AttemptRecord['arm'], version: Version): Promise<AttemptRecord[]> {
  const records: AttemptRecord[] = [];
  for (const each of read.suite.cases)
    for (let repeat = 0; repeat < read.suite.register.repeats; repeat += 1)
      records.push(await attempt(arm, version, each, repeat));
  return records;
}

async function attempt(
  arm: AttemptRecord['arm'],
  version: Version,
  each: SuiteCase,
  repeat: number,
): Promise<AttemptRecord> {
  const content = read.payload.cases.get(each.hash)!;
  const made = version(content, repeat);
  const base = {
    kind: 'attempt' as const,
    ...{ arm, cause: read.suite.cause.id, case: each.id, repeat, at: '' },
    ...{ isLive: true, replay: null, tries: 1, maybeChargedTwice: false },
    cached: false as const,
    usage: { calls: 1, tokens: null, dollars: null, latencyMs: null },
  };
  if (typeof made === 'string') {
    const error = { code: made, message: made, isInfrastructure: true };
    return { ...base, status: 'error', error, trace: null, checks: [], causes: [] };
  }
  const trace =
    'id' in made
      ? made
      : makeTrace({ messages: [...content.messages, ...made], tools: content.tools });
  const { checks, causes } = await judgeAttempt(read, each, trace, services);
  return { ...base, status: 'completed', error: null, trace: null, checks, causes };
}

async function verdict(candidate: Version, baseline: Version | null) {
  const records = await attempts('candidate', candidate);
  if (baseline !== null) records.push(...(await attempts('baseline', baseline)));
  const proofs = new Map([[read, await proveSuite(read, services)]]);
  const parts = { hasBaseline: baseline !== null, proofs, today: '2026-12-01', run: 'r' };
  return judgeRun(outcomesOf([read], records, parts));
}

test('the old version is red', async () => {
  expect(await verdict(old, null)).toMatchObject({
    verdict: 'fail',
    exitCode: 100,
    causes: [
      { step: 'guards', guards: { passed: 0, cases: 3 }, controls: { passed: 5, cases: 5 } },
    ],
  });
});

test('the fixed version is improved: guards 3 of 3, controls green, the slice significant', async () => {
  const run = await verdict(onFailures(fixed), old);
  expect(run).toMatchObject({
    verdict: 'improved',
    exitCode: 0,
    causes: [
      {
        guards: { passed: 3, cases: 3 },
        controls: { passed: 5, cases: 5 },
        comparison: { before: 0, after: 1 },
      },
    ],
  });
  expect(run.causes[0]!.comparison!.adjusted).toBeLessThan(0.001);
});

test('the version that loops instead is relocated', async () => {
  expect(await verdict(onFailures(loops), old)).toMatchObject({
    verdict: 'relocated',
    exitCode: 100,
    causes: [{ relocation: { cause: expect.stringContaining('agent_loop'), fell: 1, rose: 1 } }],
  });
});

test('the version that refuses is regressed: controls passed before', async () => {
  expect(await verdict(refuses, old)).toMatchObject({
    verdict: 'regressed',
    exitCode: 100,
    causes: [{ step: 'controls', controls: { passed: 0, cases: 5 } }],
  });
});

test('the flaky version has flaky guards', async () => {
  const run = await verdict(
    onFailures((content, repeat) => (repeat % 2 === 0 ? fixed : old)(content, repeat)),
    null,
  );
  const guards = run.causes[0]!.cases.filter(({ role }) => role === 'guard');
  expect(guards.map(({ verdict: each, rate }) => [each, rate])).toEqual([
    ['flaky', 0.6],
    ['flaky', 0.6],
    ['flaky', 0.6],
  ]);
  expect(run).toMatchObject({ verdict: 'no_evidence', exitCode: 3 });
});

test('the dead version is an error in every case, and infrastructure as a run', async () => {
  const run = await verdict(() => 'unreachable', null);
  expect(run).toMatchObject({ verdict: 'infrastructure', exitCode: 2 });
  expect(run.causes[0]!.cases.every(({ verdict: each }) => each === 'error')).toBe(true);
});
