import { describe, expect, test } from 'vitest';
import type { RunHeader, RunLine } from '../../contract/eval-run.ts';
import { RUN_VERSION } from '../../contract/eval-run.ts';
import { assistant, call, makeTrace, result, user } from '../../testing/trace.ts';
import { suiteText } from '../suite/suite-text.ts';
import { allOf, answered, answering, lampSuite, runParts } from '../testing/attempts.ts';
import { asBaseline, evaluate, spentSlices, withSpent } from './evaluate.ts';
import { planAttempts } from './plan-attempts.ts';
import { runAttempts, type Send } from './run-attempts.ts';
import { changedSince, parseRunLog } from './run-log.ts';
import { selectSuites } from './select-suites.ts';

const read = lampSuite();
const suites = allOf(read);
const fixed = answering((key) =>
  answered(
    key.startsWith('candidate') || key.includes('control') ? 'A new one comes.' : 'A refund comes.',
  ),
);
const target = { spec: 'cmd:x', kind: 'command', version: null, hash: null } as const;
const header: RunHeader = {
  ...{ kind: 'run', version: RUN_VERSION, id: 'run-1', createdAt: '', toolVersion: '0.1.0' },
  suites: [
    {
      ...{ file: read.file, hash: read.hash, cause: read.suite.cause.id },
      ...{ register: suites[0]!.suite.register, cases: [], reused: [] },
    },
  ],
  ...{ labels: [], seed: 42, budget: {}, toolResults: null, isAa: false, target, baseline: target },
};

const textOf = (lines: readonly RunLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('the attempts of a run', () => {
  test('are made repeat by repeat, both arms of a case side by side', () => {
    const planned = planAttempts(suites, ['candidate', 'baseline']);
    expect(planned).toHaveLength(16);
    expect(planned.slice(0, 3).map(({ arm, case: { id }, repeat }) => [arm, id, repeat])).toEqual([
      ['candidate', 'guard-1', 0],
      ['baseline', 'guard-1', 0],
      ['candidate', 'control-1', 0],
    ]);
  });

  test('have one seed per case and repeat, the same for both arms', async () => {
    const seeds = new Map<string, number>();
    const lines: RunLine[] = [];
    await runAttempts({
      ...runParts(lines, async (planned, request, parts) => {
        seeds.set(`${planned.arm} ${request.case} ${request.repeat}`, request.seed);
        return fixed(planned, request, parts);
      }),
      planned: planAttempts(suites, ['candidate', 'baseline']),
    });
    expect(seeds.get('candidate guard-1 0')).toBe(seeds.get('baseline guard-1 0'));
    expect(new Set(seeds.values()).size).toBe(8);
  });

  test('are written before they are sent, and with their trace when they end', async () => {
    const lines: RunLine[] = [];
    const sent: number[] = [];
    const { attempts, stopped } = await runAttempts({
      ...runParts(lines, async (...parts) => {
        sent.push(lines.filter(({ kind }) => kind === 'started').length);
        return fixed(...parts);
      }),
      concurrency: 1,
      planned: planAttempts(suites, ['candidate']),
    });
    expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect({ made: attempts.length, stopped }).toEqual({ made: 8, stopped: null });
    const ended = lines.filter((line) => line.kind === 'attempt');
    expect(ended[0]?.trace?.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(ended[0]?.checks).toMatchObject([{ check: 'contains', verdict: 'pass' }]);
    expect(attempts.every(({ trace }) => trace === null)).toBe(true);
  });

  test('that ended in an error keep its code', async () => {
    const lines: RunLine[] = [];
    const down = answering(() => ({
      ...{ kind: 'failed', code: 'exit_1', message: 'x'.repeat(5_000), isInfrastructure: false },
    }));
    const { attempts } = await runAttempts({
      ...runParts(lines, down),
      planned: planAttempts(suites, ['candidate']).slice(0, 1),
    });
    expect(attempts[0]).toMatchObject({ status: 'error', error: { code: 'exit_1' }, checks: [] });
    expect(attempts[0]?.error?.message).toHaveLength(1_000);
  });
});

describe('a replay that diverged', () => {
  const diverged = async (text: string, callsBefore: number) => {
    const send: Send = async () => ({
      answer: {
        ...answered(text),
        kind: 'answered',
        trace: makeTrace({
          messages: [
            user('My lamp broke'),
            assistant(text, call('find', {}, 'a')),
            result('a', 'find', '{}'),
            assistant('A refund comes.', call('send', {}, 'b')),
            result('b', 'send', 'not recorded'),
          ],
        }),
        usage: { tokens: null, dollars: null },
      },
      ...{ tries: 1, latencyMs: 1, usage: { tokens: null, dollars: null } },
      replay: { unused: 0, different: 0, divergedAt: callsBefore },
    });
    const planned = planAttempts(suites, ['candidate']).slice(0, 1);
    const { attempts } = await runAttempts({ ...runParts([], send), planned });
    return attempts[0]!;
  };

  test('is no evidence, except for what its own check had found before', async () => {
    const unclear = await diverged('Let me see.', 1);
    expect(unclear).toMatchObject({ isLive: false, causes: [] });
    expect(unclear.checks.map(({ verdict }) => verdict)).toEqual(['cannot_tell']);
    const decided = await diverged('A refund comes.', 1);
    expect(decided.checks.map(({ verdict }) => verdict)).toEqual(['fail']);
    expect(decided.causes).toEqual(['fixed']);
    const first = await diverged('A refund comes.', 0);
    expect(first.checks.map(({ verdict }) => verdict)).toEqual(['cannot_tell']);
  });
});

describe('a budget is a hard stop', () => {
  test.each([
    { budget: { calls: 5 }, made: 5, says: 'the budget of 5 calls is used up' },
    {
      budget: { tokens: 500 },
      made: 5,
      says: '500 of 500 tokens are used, and the next attempt may take 100',
    },
    {
      budget: { dollars: 0.03 },
      made: 3,
      says: '0.03 of 0.03 USD are used, and the next attempt may take 0.01',
    },
  ])('$says', async ({ budget, made, says }) => {
    const result = await runAttempts({
      ...runParts([], fixed),
      ...{ budget, concurrency: 1, planned: planAttempts(suites, ['candidate']) },
    });
    expect(result.stopped).toBe(says);
    expect(result.attempts).toHaveLength(made);
  });

  test('that retries count against', async () => {
    const allowed: boolean[] = [];
    const { spent } = await runAttempts({
      ...runParts([], async (planned, request, parts) => {
        while (parts.takeCall()) allowed.push(true);
        return fixed(planned, request, parts);
      }),
      ...{ budget: { calls: 4 }, planned: planAttempts(suites, ['candidate']) },
    });
    expect(allowed).toHaveLength(3);
    expect(spent.calls).toBe(4);
  });
});

describe('a run that was killed', () => {
  const planned = planAttempts(suites, ['candidate', 'baseline']);

  test.each([1, 4, 9, 17, 25, 33])(
    'after %i lines goes on: every attempt is there once, and only what was in flight is sent again',
    async (cut) => {
      const lines: RunLine[] = [header];
      await runAttempts({ ...runParts(lines, fixed), planned });
      const text = `${textOf(lines.slice(0, cut))}{"kind":"attempt","arm":"cand`;
      const before = parseRunLog(text, 'run-1.jsonl');
      expect(text.slice(0, before.whole)).toBe(textOf(lines.slice(0, cut)));
      const sent: string[] = [];
      const more: RunLine[] = [];
      const { attempts } = await runAttempts({
        ...runParts(more, async (each, request, parts) => {
          sent.push(`${each.arm} ${request.cause} ${request.case} ${request.repeat}`);
          return fixed(each, request, parts);
        }),
        ...{ before, planned },
      });
      const keys = attempts.map((each) => `${each.arm} ${each.case} ${each.repeat}`);
      expect(new Set(keys).size).toBe(16);
      expect(keys).toHaveLength(16);
      expect(sent).toHaveLength(16 - before.attempts.length);
      expect(new Set(sent.filter((key) => before.inFlight.has(key)))).toEqual(before.inFlight);
      expect(attempts.filter(({ maybeChargedTwice }) => maybeChargedTwice)).toHaveLength(
        before.inFlight.size,
      );
    },
  );

  test('is not continued under another register', () => {
    expect(changedSince(header, { ...header, id: 'run-2', createdAt: 'now' })).toBeNull();
    expect(changedSince(header, { ...header, budget: { calls: 3 } })).toBe('budget');
    expect(changedSince(header, { ...header, baseline: null })).toBe('baseline');
  });
});

describe('a run that is stopped', () => {
  test('is incomplete, with a record that is whole', async () => {
    const lines: RunLine[] = [];
    const stop = new AbortController();
    const {
      budget: _,
      servicesOf: __,
      seed: ___,
      attemptLimit: ____,
      ...parts
    } = runParts(lines, async (...sent) => {
      if (lines.length > 6) {
        stop.abort(new Error('stop'));
        throw new Error('stop');
      }
      return fixed(...sent);
    });
    const { judgment, stopped } = await evaluate({
      ...{ ...parts, signal: stop.signal, suites, header, kept: null },
      services: () => ({ judge: null, script: null }),
    });
    expect(stopped).toBe('it was stopped');
    expect(judgment).toMatchObject({ verdict: 'incomplete', exitCode: 2 });
    const log = parseRunLog(textOf(lines), 'run-1.jsonl');
    expect(log.end).toMatchObject({ isComplete: false, reason: 'it was stopped' });
    expect(log.inFlight.size).toBeGreaterThan(0);
  });
});

describe('a complete run', () => {
  const run = async (parts: Partial<Parameters<typeof evaluate>[0]> = {}) => {
    const lines: RunLine[] = [];
    const {
      budget: _,
      servicesOf: __,
      seed: ___,
      attemptLimit: ____,
      ...rest
    } = runParts(lines, fixed);
    const result = await evaluate({
      ...{ ...rest, suites, header, kept: null },
      services: () => ({ judge: null, script: null }),
      ...parts,
    });
    return { lines, result };
  };

  test('is judged, and can be judged again from its lines', async () => {
    const big = lampSuite(8);
    const { lines, result } = await run({ suites: allOf(big) });
    expect(result.judgment.verdict).toBe('improved');
    const log = parseRunLog(textOf(lines), 'run-1.jsonl');
    expect(log.end?.judgment).toEqual(JSON.parse(JSON.stringify(result.judgment)));
    const again = await run({ suites: allOf(big), before: log });
    expect(again.result.judgment).toEqual(result.judgment);
    expect(again.lines.map(({ kind }) => kind)).toEqual(['end']);
  });

  test('spends the slices that it decided by, with comments kept', async () => {
    const { result } = await run();
    const [slice] = spentSlices(result, header);
    expect(slice).toMatchObject({ file: 'evals/a.yaml', cases: { size: 2 } });
    const edited = `# Written while the run went on.\n${suiteText(read.suite)}`;
    const text = withSpent(edited, slice!, 'run-1');
    expect(text.match(/spent: run-1/g)).toHaveLength(2);
    expect(text).toContain('# Written while the run went on.');
    expect(text).toContain('# A case passes when all of these pass.');
    expect(spentSlices(result, { ...header, baseline: null })).toEqual([]);
    const stopped = { ...result, stopped: 'it was stopped' };
    expect(spentSlices(stopped, header)).toEqual([]);
  });

  test('takes a kept run for its baseline', async () => {
    const lines: RunLine[] = [];
    const old = answering((key) =>
      answered(key.includes('control') ? 'A new one comes.' : 'A refund comes.'),
    );
    const { attempts } = await runAttempts({
      ...runParts(lines, old),
      planned: planAttempts(suites, ['candidate']),
    });
    const { result, lines: written } = await run({ kept: asBaseline(attempts) });
    expect(result.spent.calls).toBe(8);
    expect(written.filter(({ kind }) => kind === 'attempt')).toHaveLength(16);
    expect(result.judgment.causes[0]?.comparison).toMatchObject({ before: 0, after: 1 });
  });

  test('makes no attempt where a case is broken', async () => {
    const cases = read.suite.cases.map((each) => ({ ...each, role: 'control' as const }));
    const broken = { ...read, suite: { ...read.suite, cases } };
    const { lines, result } = await run({ suites: allOf(broken) });
    expect(result.judgment.verdict).toBe('incomplete');
    expect(lines.map(({ kind }) => kind)).toEqual(['run', 'end']);
  });
});

describe('what a run takes of suites', () => {
  const spent = lampSuite(2, true);
  const parts = { labels: [], repeats: null, run: 'run-1' } as const;

  test('a slice is used for one decision', () => {
    const used = lampSuite(1, true);
    expect(() => selectSuites([used], { ...parts, slice: 'once' })).toThrow(
      /^evals\/a\.yaml: the slice was spent by run-0, .*--slice off.*--slice again/,
    );
    const [fresh] = selectSuites([spent], { ...parts, slice: 'once' });
    expect(fresh?.suite.cases.map(({ id }) => id)).toEqual(['guard-1', 'control-1', 'slice-2']);
    expect(selectSuites([spent], { ...parts, slice: 'again' })[0]).toMatchObject({
      reused: ['slice-1'],
      suite: { cases: { length: 4 } },
    });
    expect(selectSuites([spent], { ...parts, slice: 'off' })[0]?.suite.cases).toHaveLength(2);
    expect(selectSuites([spent], { ...parts, slice: 'once', run: 'run-0' })).toHaveLength(1);
  });

  test('labels select suites, repeats change their register', () => {
    expect(selectSuites([read], { ...parts, labels: ['nightly'], slice: 'off' })).toEqual([]);
    const [one] = selectSuites([read], { ...parts, labels: ['ci'], repeats: 3, slice: 'off' });
    expect(one?.suite.register.repeats).toBe(3);
  });
});

test('the file of a run that is none is refused with its line', () => {
  expect(() => parseRunLog('', 'a.jsonl')).toThrow('a.jsonl:1: this is not the file of a run');
  expect(() => parseRunLog('{"kind":"end"}\n', 'a.jsonl')).toThrow(/^a\.jsonl:1: not a line/);
  const twice = textOf([header, header]);
  expect(() => parseRunLog(twice, 'a.jsonl')).toThrow(/^a\.jsonl:2: the file of a run begins/);
});
