import { expect, test } from 'vitest';
import {
  type AttemptRecord,
  RUN_VERSION,
  type RunHeader,
  type RunLine,
  runLineSchema,
  type TargetRecord,
} from '../../contract/eval-run.ts';
import type { Trace } from '../../contract/trace.ts';
import { assistant, call, makeTrace, result, user } from '../../testing/trace.ts';
import { payloadText } from '../suite/payload.ts';
import { proveSuite } from '../suite/prove-suite.ts';
import { readSuites } from '../suite/read-suites.ts';
import { suiteText } from '../suite/suite-text.ts';
import { makePayload, makeSource, makeSuite, makeSuiteCase } from '../testing/suite.ts';
import { judgeRun } from '../verdict/judge-run.ts';
import { judgeAttempt } from './judge-attempt.ts';
import { openCases, outcomesOf } from './outcomes-of.ts';

const services = { judge: null, script: null };
const answered = (id: string, answer: string): Trace =>
  makeTrace({ id, messages: [user('My lamp broke'), assistant(answer)] });

const promised = makePayload(answered('t-1', 'You get a refund today.'));
const helped = makePayload(answered('t-2', 'I have sent a new one.'));
const guard = makeSuiteCase(promised);
const control = makeSuiteCase(helped, { id: 'control-1', role: 'control', proof: 'green' });
const spent = makeSuiteCase(promised, { id: 'slice-1', role: 'slice', spent: 'run-1' });
const quarantined = makeSuiteCase(promised, {
  id: 'guard-2',
  quarantined: { at: '2026-11-01', why: 'flaky', until: '2026-11-30' },
});
const suite = makeSuite([guard, control, spent, quarantined], {
  checks: [
    { check: 'contains', params: { texts: ['refund'] }, negate: true },
    { check: 'answered' },
    { check: 'length', params: { max: 20 } },
  ],
});
const [read] = readSuites([
  { path: 'a.yaml', text: suiteText(suite) },
  {
    path: suite.payload,
    text: payloadText({
      source: makeSource(),
      cases: new Map([promised, helped].map((each) => [each.hash, each])),
    }),
  },
]);

const looping = makeTrace({
  messages: [
    user('My lamp broke'),
    ...Array.from({ length: 6 }, (_, index) => [
      assistant('', call('find', { id: 'x' }, String(index))),
      result(String(index), 'find', '{"status": "unknown"}'),
    ]).flat(),
  ],
});

test.each([
  {
    what: 'a good answer',
    trace: answered('n', 'A new one is on its way.'),
    verdict: 'pass',
    causes: [],
  },
  {
    what: 'the cause again',
    trace: answered('n', 'A refund it is.'),
    verdict: 'fail',
    causes: ['fixed'],
  },
  { what: 'another cause', trace: looping, verdict: 'fail', causes: ['agent_loop same call'] },
  {
    what: 'a failure that only a check sees',
    trace: answered('n', 'so '.repeat(30)),
    verdict: 'fail',
    causes: ['check length'],
  },
])('$what is $verdict, $causes', async ({ trace, verdict, causes }) => {
  expect(await judgeAttempt(read!, guard, trace, services)).toMatchObject({ verdict, causes });
});

const attempt = (parts: Partial<AttemptRecord>): AttemptRecord => ({
  ...{ kind: 'attempt', arm: 'candidate', cause: 'c-1a2b3c4d', case: guard.id, repeat: 0 },
  ...{ at: '', status: 'completed', error: null, cached: false, isLive: true, replay: null },
  ...{ trace: null, checks: [], causes: [], tries: 1, maybeChargedTwice: false },
  usage: { calls: 1, tokens: null, dollars: null, latencyMs: null },
  ...parts,
});

const record = (verdict: 'pass' | 'fail') => [
  { check: 'contains', verdict, value: null, reason: '', evidence: [] },
];

test('a run leaves out what is spent, and looks at quarantines by date', async () => {
  expect(openCases(read!, 'run-2').map(({ id }) => id)).toEqual([guard.id, 'control-1', 'guard-2']);
  expect(openCases(read!, 'run-1')).toHaveLength(4);
  const proofs = new Map([[read!, await proveSuite(read!, services)]]);
  const of = (today: string) =>
    outcomesOf([read!], [], { hasBaseline: false, proofs, today, run: 'run-2' })[0]!.cases;
  expect(of('2026-11-30').map(({ isQuarantined }) => isQuarantined)).toEqual([false, false, true]);
  expect(of('2026-12-01').map(({ isQuarantined }) => isQuarantined)).toEqual([false, false, false]);
  expect(of('2026-12-01').map(({ broken }) => broken)).toEqual([null, null, null]);
});

test('the lines of a run give its verdict, the later of two records of one attempt counting', async () => {
  const proofs = new Map([[read!, await proveSuite(read!, services)]]);
  const lines = [guard.id, 'control-1', 'guard-2'].flatMap((id) =>
    Array.from({ length: 5 }, (_, repeat) => attempt({ case: id, repeat, checks: record('pass') })),
  );
  const judge = (attempts: readonly AttemptRecord[]) =>
    judgeRun(
      outcomesOf([read!], attempts, {
        hasBaseline: false,
        proofs,
        today: '2026-12-01',
        run: 'run-2',
      }),
    );
  expect(judge(lines)).toMatchObject({ verdict: 'pass', integrity: { planned: 15, judged: 15 } });
  expect(judge(lines.slice(1))).toMatchObject({ verdict: 'incomplete', exitCode: 2 });
  const down = attempt({
    status: 'error',
    error: { code: 'unreachable', message: '', isInfrastructure: true },
  });
  expect(judge([down, ...lines]).verdict).toBe('pass');
  expect(judge([...lines, down])).toMatchObject({
    verdict: 'incomplete',
    integrity: { errors: [{ code: 'unreachable' }] },
  });
  const failed = lines.map((line) =>
    line.case === guard.id ? { ...line, checks: record('fail') } : line,
  );
  expect(judge(failed)).toMatchObject({ verdict: 'fail', exitCode: 100 });
});

test('the lines of a run’s file are read as they were written', async () => {
  const target: TargetRecord = {
    spec: 'cmd:node agent.js',
    kind: 'command',
    version: null,
    hash: null,
  };
  const header: RunHeader = {
    ...{ kind: 'run', version: RUN_VERSION, id: 'run-1', createdAt: '', toolVersion: '0.1.0' },
    suites: [
      {
        file: 'a.yaml',
        hash: read!.hash,
        cause: suite.cause.id,
        register: suite.register,
        cases: [guard.id],
        reused: [],
      },
    ],
    budget: {},
    toolResults: null,
    isAa: false,
    ...{ labels: [], seed: 42, target, baseline: null },
  };
  const proofs = new Map([[read!, await proveSuite(read!, services)]]);
  const parts = { hasBaseline: false, proofs, today: '2026-12-01', run: 'run-1' };
  const judgment = judgeRun(outcomesOf([read!], [attempt({})], parts));
  const lines: RunLine[] = [
    header,
    { kind: 'started', arm: 'candidate', cause: suite.cause.id, case: guard.id, repeat: 0, at: '' },
    attempt({}),
    { kind: 'end', at: '', isComplete: false, reason: 'stopped', judgment },
  ];
  for (const line of lines)
    expect(runLineSchema.parse(JSON.parse(JSON.stringify(line)))).toEqual(line);
  expect(runLineSchema.safeParse({ ...attempt({}), cached: true }).success).toBe(false);
});
