import type { RunLine } from '../../contract/eval-run.ts';
import type { TargetAnswer } from '../../contract/eval-target.ts';
import type { Trace } from '../../contract/trace.ts';
import { assistant, makeTrace, user } from '../../testing/trace.ts';
import type { RunAttempts, Send } from '../run/run-attempts.ts';
import { type SelectedSuite, selectSuites } from '../run/select-suites.ts';
import { payloadText } from '../suite/payload.ts';
import { type ReadSuite, readSuites } from '../suite/read-suites.ts';
import { suiteText } from '../suite/suite-text.ts';
import { makePayload, makeSource, makeSuite, makeSuiteCase } from './suite.ts';

const lampTrace = (id: string, answer: string): Trace =>
  makeTrace({ id, messages: [user(`My lamp ${id} broke`), assistant(answer)] });

/** A suite against promises of refunds: a guard, a control and slice cases, one of them spent where told. */
export function lampSuite(slices = 2, spent = false): ReadSuite {
  const bad = Array.from({ length: slices + 1 }, (_, index) =>
    makePayload(lampTrace(`b${index}`, 'You get a refund today.')),
  );
  const good = makePayload(lampTrace('g', 'I have sent a new one.'));
  const [first, ...rest] = bad;
  const cases = [
    makeSuiteCase(first!, { id: 'guard-1' }),
    makeSuiteCase(good, { id: 'control-1', role: 'control', proof: 'green' }),
    ...rest.map((each, index) =>
      makeSuiteCase(each, {
        ...{ id: `slice-${index + 1}`, role: 'slice' },
        ...(spent && index === 0 ? { spent: 'run-0' } : {}),
      }),
    ),
  ];
  const suite = makeSuite(cases);
  const payload = {
    source: makeSource(),
    cases: new Map([...bad, good].map((each) => [each.hash, each])),
  };
  const [read] = readSuites([
    { path: 'evals/a.yaml', text: suiteText(suite) },
    { path: `evals/${suite.payload}`, text: payloadText(payload) },
  ]);
  return read!;
}

export const allOf = (read: ReadSuite, repeats = 2): readonly SelectedSuite[] =>
  selectSuites([read], { labels: [], slice: 'once', repeats, run: 'run-1' });

export const answered = (text: string): TargetAnswer => ({
  kind: 'answered',
  trace: makeTrace({ output: text, messages: [assistant(text)] }),
  usage: { tokens: 100, dollars: 0.01 },
});

/** Answers every attempt as `say` does. */
export const answering =
  (say: (key: string) => TargetAnswer): Send =>
  async ({ arm, case: { id }, repeat }) => {
    const answer = say(`${arm} ${id} ${repeat}`);
    const usage = answer.usage ?? { tokens: null, dollars: null };
    return { answer, usage, tries: 1, latencyMs: 1, replay: null };
  };

/** What a run of attempts needs beside its plan; lines go to `lines`. */
export const runParts = (lines: RunLine[], send: Send): Omit<RunAttempts, 'planned'> => ({
  ...{ before: null, seed: 42, budget: {}, attemptLimit: {}, concurrency: 3, send },
  servicesOf: () => ({ judge: null, script: null }),
  write: (line) => {
    lines.push(line);
  },
  now: () => '2026-11-30T12:00:00.000Z',
  signal: new AbortController().signal,
});
