import { expect, test } from 'vitest';
import type { ReportedAttempts } from '../../../contract/eval-report.ts';
import type { TargetAnswer } from '../../../contract/eval-target.ts';
import { assistant, call, makeTrace, result, user } from '../../../testing/trace.ts';
import { unpacked } from '../../../text/packed.ts';
import { allOf, answered, lampSuite } from '../../testing/attempts.ts';
import { evaluated, reportOf } from '../../testing/evaluated.ts';
import { conversationOf } from './conversation-of.ts';
import { reportedAttempts, type ShownAttempt } from './reported-attempts.ts';

const bad = () => answered('A refund comes.');
const good = () => answered('I have sent a new one.');
const suites = allOf(lampSuite(23));

const attemptsIn = (packs: readonly string[]): readonly ReportedAttempts[] =>
  packs.flatMap((pack) => unpacked(pack) as readonly ReportedAttempts[]);

test('every case has its attempts in its place, the sides that ended differently first', async () => {
  const say = (key: string): TargetAnswer => (key.startsWith('baseline') ? bad() : good());
  const report = await reportOf(await evaluated(suites, say, { baseline: 'v4' }));
  const [cause] = report.causes;
  const attempts = attemptsIn(report.packs);
  expect(cause!.cases).toHaveLength(25);
  expect(attempts).toHaveLength(25);
  expect([report.packs.length, report.packSize]).toEqual([2, 20]);
  for (const [at, { id, trace }] of cause!.cases.entries()) {
    const own = attempts[at]!;
    expect(own.left).toEqual({ arm: 'baseline', at: 0 });
    expect(own.right).toEqual({ arm: 'candidate', at: 0 });
    expect([own.baseline.length, own.candidate.length]).toEqual([2, 2]);
    const said = own.conversations[own.recorded.conversation!]!.steps[0]!.text;
    expect(said, id).toBe(`My lamp ${trace} broke`);
    expect(own.recorded.verdict).toBe(id === 'control-1' ? 'pass' : 'fail');
  }
});

test('attempts that went the same way share a conversation, and evidence stands in its step', async () => {
  const report = await reportOf(await evaluated(suites, bad));
  const [guard] = attemptsIn(report.packs);
  const [first, second] = guard!.candidate;
  expect(first!.conversation).toBe(second!.conversation);
  const { steps } = guard!.conversations[first!.conversation!]!;
  expect(steps.at(-1)).toMatchObject({
    text: 'A refund comes.',
    marks: [{ quote: 'A refund comes.', check: 0, isResult: false }],
  });
});

test('an error has no conversation and its message; a run that was stopped lacks attempts', async () => {
  const failed: TargetAnswer = {
    ...{ kind: 'failed', code: 'exit_69', message: 'no endpoint', isInfrastructure: true },
  };
  const down = await reportOf(await evaluated(suites, () => failed));
  expect(down.messages).toEqual({ exit_69: 'no endpoint' });
  expect(attemptsIn(down.packs)[0]!.candidate[0]).toMatchObject({
    ...{ verdict: 'error', conversation: null },
  });
  const stopped = await reportOf(await evaluated(suites, good, { stopAfter: 3 }));
  expect(stopped).toMatchObject({ stopped: 'it was stopped', judgment: { verdict: 'incomplete' } });
  expect(attemptsIn(stopped.packs).at(-1)).toMatchObject({ candidate: [], right: null });
});

const shown = (text: string): ShownAttempt => ({
  attempt: {
    ...{ repeat: 0, status: 'completed', error: null, cached: false, isLive: true, replay: null },
    ...{ checks: [], causes: [], tries: 1, maybeChargedTwice: false },
    usage: { calls: 1, tokens: null, dollars: null, latencyMs: null },
  },
  conversation: conversationOf(makeTrace({ messages: [user('hi'), assistant(text)] }), [], 1_000),
});

test('conversations without room are left out, but never those that are compared first', () => {
  const texts = Array.from({ length: 6 }, (_, at) => shown(`${at}`.repeat(400)));
  const made = reportedAttempts(
    { recorded: shown('recorded'), baseline: texts.slice(0, 3), candidate: texts.slice(3) },
    2_000,
  );
  const [before, after] = [made.baseline[made.left.at], made.candidate[made.right!.at]];
  expect(before!.conversation).toBe(0);
  expect(after!.conversation).toBe(1);
  expect(JSON.stringify(made.conversations).length).toBeLessThan(2_000 + 2 * 700);
  expect(made.baseline.at(-1)!.conversation).toBe(null);
});

test('evidence is placed in messages, arguments, results and the answer, or listed apart', () => {
  const trace = makeTrace({
    output: 'Order A-1 is refunded.',
    messages: [
      user('refund A-1'),
      assistant('', call('refund', { id: 'A-1' }, '1')),
      result('1', 'refund', 'amount 39.5'),
      assistant('Order A-1 is refunded.'),
    ],
  });
  const at = (path: string, quote: string) => ({ path, quote, spanId: null });
  const { steps, elsewhere } = conversationOf(
    trace,
    [
      {
        ...{ check: 'x', verdict: 'fail', value: null, reason: '' },
        evidence: [
          at('/messages/0/content', 'A-1'),
          at('/messages/1/toolCalls/0/arguments/id', 'A-1'),
          at('/messages/2/content', '39.5'),
          at('/output', 'refunded'),
          at('/spans/0/error/message', 'timed out'),
        ],
      },
    ],
    1_000,
  );
  expect(
    steps.map(({ marks = [] }) => marks.map(({ quote, isResult }) => `${quote} ${isResult}`)),
  ).toEqual([['A-1 false'], ['A-1 false', '39.5 true'], ['refunded false']]);
  expect(elsewhere).toEqual([{ path: '/spans/0/error/message', quote: 'timed out', check: 0 }]);
});
