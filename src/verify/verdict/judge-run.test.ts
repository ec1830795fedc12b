import { describe, expect, test } from 'vitest';
import type { CaseRole } from '../../contract/suite.ts';
import { makeCase, makeCause, register } from '../testing/outcomes.ts';
import { judgeRun } from './judge-run.ts';
import type { CaseOutcomes } from './outcomes.ts';

const cases = (
  role: CaseRole,
  count: number,
  baseline: string | null,
  candidate: string,
): CaseOutcomes[] =>
  Array.from({ length: count }, (_, index) =>
    makeCase(`${role}-${candidate}-${index + 1}`, role, baseline, candidate),
  );

const guardsFixed = cases('guard', 3, 'FFFFF', 'ppppp');
const controlsKept = cases('control', 5, 'ppppp', 'ppppp');

describe('the verdict of a run', () => {
  test('improved: the slice rose, guards and controls hold', () => {
    const slice = [...cases('slice', 12, 'FFFFF', 'ppppp'), ...cases('slice', 8, 'FFFFF', 'FFFFF')];
    const run = judgeRun([makeCause([...guardsFixed, ...controlsKept, ...slice])]);
    expect(run).toMatchObject({
      verdict: 'improved',
      exitCode: 0,
      sentence:
        'c-1a2b3c4d: the slice rose: 0% to 60% (12 better, 0 worse, p 0.00049, difference 33–78%); 3 of 3 guards pass',
      integrity: { planned: 280, attempted: 280, completed: 280, judged: 280, errors: [] },
    });
    const [cause] = run.causes;
    expect(cause).toMatchObject({
      step: 'slice',
      guards: { passed: 3, cases: 3 },
      controls: { passed: 5, cases: 5 },
      slice: { passed: 12, cases: 20, rate: 0.6 },
    });
    // scipy.stats.binomtest(12, 12).pvalue; Newcombe's method 10 of (0, 12, 0, 8)
    expect(cause?.comparison?.p).toBeCloseTo(0.00048828125, 12);
    expect(cause?.comparison?.interval[0]).toBeCloseTo(0.3325887579505338, 10);
    expect(cause?.comparison?.interval[1]).toBeCloseTo(0.781193467627183, 10);
  });

  test.each([
    { better: 5, worse: 0, verdict: 'no_evidence' },
    { better: 6, worse: 0, verdict: 'improved' },
    { better: 7, worse: 1, verdict: 'no_evidence' },
    { better: 8, worse: 1, verdict: 'improved' },
    { better: 9, worse: 2, verdict: 'no_evidence' },
    { better: 10, worse: 2, verdict: 'improved' },
    { better: 11, worse: 3, verdict: 'no_evidence' },
    { better: 12, worse: 3, verdict: 'improved' },
    { better: 0, worse: 6, verdict: 'regressed' },
  ])('$better better and $worse worse are $verdict', ({ better, worse, verdict }) => {
    const slice = [...cases('slice', better, 'f', 'p'), ...cases('slice', worse, 'p', 'f')];
    const once = { register: { ...register, repeats: 1 } };
    expect(judgeRun([makeCause(slice, once)]).verdict).toBe(verdict);
  });

  test('no evidence where nothing changed: undefined, not 1', () => {
    const run = judgeRun([makeCause(cases('slice', 20, 'FFFFF', 'FFFFF'))]);
    expect(run).toMatchObject({ verdict: 'no_evidence', exitCode: 3 });
    expect(run.causes[0]?.comparison).toMatchObject({ p: null, midP: null, adjusted: null });
    expect(run.sentence).toContain(
      'no case of the slice changed; 20 cases would show a rise of 30%',
    );
  });

  test('no evidence where the rise is smaller than what is worth having', () => {
    const slice = [...cases('slice', 8, 'f', 'p'), ...cases('slice', 92, 'f', 'f')];
    const registered = { ...register, repeats: 1, smallestEffect: 0.5 };
    const run = judgeRun([makeCause(slice, { register: registered })]);
    expect(run.verdict).toBe('no_evidence');
    expect(run.sentence).toContain('rose by less than the 50% that is worth having');
  });

  test('regressed: a control that passed fails, whatever the slice says', () => {
    const slice = cases('slice', 20, 'FFFFF', 'ppppp');
    const broke = makeCase('refund-asked', 'control', 'ppppp', 'fffff');
    expect(judgeRun([makeCause([...guardsFixed, ...controlsKept, broke, ...slice])])).toMatchObject(
      {
        verdict: 'regressed',
        exitCode: 100,
        sentence: 'c-1a2b3c4d: 1 control passed before and fails now: refund-asked',
        causes: [{ step: 'controls' }],
      },
    );
  });

  test('a quarantined case does not block, unless it is broken', () => {
    const away = { isQuarantined: true };
    const control = makeCase('away', 'control', 'ppppp', 'fffff', away);
    const all = [...guardsFixed, ...controlsKept, ...cases('slice', 20, 'FFFFF', 'ppppp')];
    expect(judgeRun([makeCause([...all, control])]).verdict).toBe('improved');
    const broken = { ...control, broken: 'its recorded output passes' };
    expect(judgeRun([makeCause([...all, broken])])).toMatchObject({
      verdict: 'incomplete',
      exitCode: 2,
      sentence: '1 case is broken: away: its recorded output passes',
    });
  });

  test('flaky: 4 of 5 after 5 of 5 is chance and does not block', () => {
    const flaky = makeCase('now-and-then', 'guard', 'ppppp', 'ppppf');
    const slice = cases('slice', 20, 'FFFFF', 'ppppp');
    const run = judgeRun([makeCause([flaky, ...controlsKept, ...slice])]);
    expect(run.verdict).toBe('improved');
    expect(run.causes[0]?.cases[0]).toMatchObject({
      verdict: 'flaky',
      rate: 0.8,
      isRegression: false,
    });
  });

  test('flaky: a guard that clearly passes less often blocks', () => {
    const often = { register: { ...register, repeats: 20 } };
    const flaky = makeCase('worse', 'guard', 'p'.repeat(20), 'p'.repeat(6) + 'f'.repeat(14));
    expect(judgeRun([makeCause([flaky], often)])).toMatchObject({
      verdict: 'regressed',
      causes: [{ step: 'guards', cases: [{ verdict: 'flaky', isRegression: true }] }],
    });
  });

  test('flaky without a baseline is no evidence', () => {
    const flaky = cases('guard', 3, null, 'pfppp');
    expect(judgeRun([makeCause([...flaky, ...cases('control', 5, null, 'ppppp')])])).toMatchObject({
      verdict: 'no_evidence',
      exitCode: 3,
      sentence: expect.stringContaining('3 cases are flaky: guard-pfppp-1'),
    });
  });

  test('pass and fail: guards and controls alone', () => {
    const controls = cases('control', 5, null, 'ppppp');
    expect(judgeRun([makeCause([...cases('guard', 3, null, 'ppppp'), ...controls])])).toMatchObject(
      {
        verdict: 'pass',
        exitCode: 0,
        sentence: 'c-1a2b3c4d: 3 of 3 guards and 5 of 5 controls pass all 5 attempts',
      },
    );
    expect(judgeRun([makeCause([...cases('guard', 3, null, 'fffff'), ...controls])])).toMatchObject(
      {
        verdict: 'fail',
        exitCode: 100,
        sentence: 'c-1a2b3c4d: 3 of 3 guards fail: guard-fffff-1, guard-fffff-2, guard-fffff-3',
      },
    );
  });

  test('relocated: the cause fell and another rose by as much', () => {
    const slice = cases('slice', 20, 'FFFFF', 'LLLLL');
    const guards = cases('guard', 3, 'FFFFF', 'LLLLL');
    const run = judgeRun([makeCause([...guards, ...controlsKept, ...slice])]);
    expect(run).toMatchObject({
      verdict: 'relocated',
      exitCode: 100,
      sentence:
        'c-1a2b3c4d: the failures moved: the cause fell by 100% of the slice, and agent_loop same call rose by 100%',
    });
    expect(run.causes[0]?.relocation).toMatchObject({ fell: 1, rose: 1 });
  });

  test('a small rise of another cause does not make a fix a relocation', () => {
    const slice = [...cases('slice', 17, 'FFFFF', 'ppppp'), ...cases('slice', 3, 'FFFFF', 'LLLLL')];
    expect(judgeRun([makeCause([...guardsFixed, ...slice])]).verdict).toBe('improved');
  });

  test('veto: a case of severity 5 that passed and fails stops a good mean', () => {
    const slice = [
      ...cases('slice', 19, 'FFFFF', 'ppppp'),
      makeCase('harm', 'slice', 'ppppp', 'fffff'),
    ];
    expect(judgeRun([makeCause(slice)]).verdict).toBe('improved');
    expect(judgeRun([makeCause(slice, { severity: 5 })])).toMatchObject({
      verdict: 'regressed',
      sentence: 'c-1a2b3c4d: 1 case of severity 5 passed before and fails now: harm',
      causes: [{ step: 'veto' }],
    });
  });

  test('inconclusive: a guard that no check could decide', () => {
    const guards = [
      ...cases('guard', 2, 'FFFFF', 'ppppp'),
      makeCase('judge', 'guard', 'FFFFF', 'uuuuu'),
    ];
    expect(judgeRun([makeCause([...guards, ...controlsKept])])).toMatchObject({
      verdict: 'no_evidence',
      exitCode: 3,
      sentence: 'c-1a2b3c4d: no check could decide 1 case: judge',
    });
  });

  test('error: a case that ended in one makes the run incomplete', () => {
    const guards = [...cases('guard', 2, null, 'ppppp'), makeCase('dies', 'guard', null, 'ppeee')];
    expect(judgeRun([makeCause(guards)])).toMatchObject({
      verdict: 'incomplete',
      exitCode: 2,
      sentence: '1 case ended in an error, most often exit_1',
      integrity: { planned: 15, attempted: 15, completed: 12, judged: 12 },
      causes: [{ cases: [{}, {}, { verdict: 'error' }] }],
    });
  });

  test('infrastructure: most cases fail in one way that says nothing of the answers', () => {
    const dead = [...cases('guard', 3, null, 'ttttt'), ...cases('control', 5, null, 'ttttt')];
    expect(judgeRun([makeCause(dead)])).toMatchObject({
      verdict: 'infrastructure',
      exitCode: 2,
      sentence:
        '8 of 8 cases (100%) of the candidate failed with unreachable: the target was not reached, so nothing is said about its answers',
      integrity: { errors: [{ code: 'unreachable', cases: 8 }] },
    });
    const crashed = [...cases('guard', 3, null, 'eeeee'), ...cases('control', 5, null, 'eeeee')];
    expect(judgeRun([makeCause(crashed)]).verdict).toBe('incomplete');
  });

  test.each([
    { what: 'no case', causes: [], sentence: 'there is no case to run' },
    {
      what: 'a missing attempt',
      causes: [makeCause([makeCase('short', 'guard', null, 'pppp')])],
      sentence: '4 of 5 attempts were made',
    },
    {
      what: 'nothing judged',
      causes: [makeCause([makeCase('mute', 'guard', null, 'uuuuu')])],
      sentence: 'no check could decide any attempt',
    },
  ])('incomplete: $what', ({ causes, sentence }) => {
    expect(judgeRun(causes)).toMatchObject({ verdict: 'incomplete', exitCode: 2, sentence });
  });

  test.each([
    { what: 'the baseline', before: 'feeee', now: 'ppppp' },
    { what: 'the candidate', before: 'fffff', now: 'ppfee' },
  ])('errors of $what beside a failure of the slice are no proof of a fix', ({ before, now }) => {
    const slice = Array.from({ length: 20 }, (_, at) => makeCase(`s${at}`, 'slice', before, now));
    expect(judgeRun([makeCause(slice)])).toMatchObject({ verdict: 'incomplete', exitCode: 2 });
  });

  test('several causes: p by Holm, and the worst decides', () => {
    const slice = [...cases('slice', 6, 'f', 'p'), ...cases('slice', 14, 'f', 'f')];
    const once = { register: { ...register, repeats: 1 } };
    const cause = (id: string) => makeCause(slice, { ...once, cause: id });
    expect(judgeRun([cause('a')]).verdict).toBe('improved');
    const both = judgeRun([cause('a'), cause('b')]);
    expect(both.verdict).toBe('no_evidence');
    for (const { comparison } of both.causes) expect(comparison?.adjusted).toBeCloseTo(0.0625, 12);
  });
});
