import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { TargetAnswer } from '../../contract/eval-target.ts';
import { allOf, answered, lampSuite } from '../testing/attempts.ts';
import { evaluated } from '../testing/evaluated.ts';
import { annotations } from './annotations.ts';
import { reasonOf } from './case-results.ts';
import { historyOf } from './history.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { xmlText } from './xml-text.ts';

const read = lampSuite();
const suites = allOf(read).map((each) => ({
  ...each,
  suite: { ...each.suite, cases: each.suite.cases.filter(({ role }) => role !== 'slice') },
}));

const run = async (id: string, say: (key: string) => TargetAnswer) => {
  const { result, log } = await evaluated(suites, say, { id });
  const { judgment, attempts } = result;
  return { parts: { run: id, judgment, suites, attempts }, log };
};

const good = () => answered('A new one comes.');
const nasty = '<b>|`@all`\n::error::\u0007 100%';
const mixed = (key: string): TargetAnswer =>
  key.includes('guard')
    ? answered('A refund comes.')
    : { kind: 'failed', code: 'exit_1', message: nasty, isInfrastructure: false };

describe('JUnit XML', () => {
  test('a failure is no error and no skipped case', async () => {
    const { parts } = await run('run-1', mixed);
    const xml = new XMLParser({ ignoreAttributes: false }).parse(junit(parts));
    expect(xml.testsuites).toMatchObject({
      '@_tests': '2',
      '@_failures': '1',
      '@_errors': '1',
      '@_skipped': '0',
    });
    const [guard, control] = xml.testsuites.testsuite.testcase;
    expect(guard.failure['@_message']).toMatch(/^fail: contains: /);
    expect(control.error['@_message']).toContain('error: exit_1: <b>|`@all`');
  });

  test('a case without attempts is skipped', async () => {
    const { parts } = await run('run-1', good);
    const judgment = structuredClone(parts.judgment);
    const cause = judgment.causes[0]!;
    const cases = cause.cases.map((each) => ({ ...each, verdict: 'missing' as const }));
    const xml = junit({ ...parts, judgment: { ...judgment, causes: [{ ...cause, cases }] } });
    expect(xml).toContain('skipped="2"');
  });

  test('a text can hold anything', () => {
    expect(xmlText('a<b>&"\u0000\u0008\ud800\n')).toBe('a&lt;b&gt;&amp;&quot;\ufffd&#10;');
  });
});

test('Markdown: text of traces makes no rows, no markup and no mentions', async () => {
  const { parts } = await run('run-1', mixed);
  const text = markdown({ ...parts, next: 'fix it' });
  expect(text.split('\n')[0]).toBe('<!-- culprit eval -->');
  const row = text.split('\n').find((line) => line.startsWith('| control-1 |'))!;
  expect(row.match(/\|/g)).toHaveLength(4);
  expect(row).not.toMatch(/[`@<]/);
});

test('annotations stand at the line of the case, one line each', async () => {
  const { parts } = await run('run-1', mixed);
  const lines = annotations(parts).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^::error file=evals\/a\.yaml,line=\d+,title=guard guard-1%3A fail::/);
  expect(lines[1]).toContain('%0A::error::');
  expect(lines[1]).toContain('100%25');
});

test('history: a cause came back where its guards had passed and do not any more', async () => {
  const logs = [];
  for (const [id, say] of [
    ['v1', () => answered('A refund comes.')],
    ['v2', good],
    ['v3', () => answered('A refund comes.')],
    ['v4', () => answered('A refund comes.')],
  ] as const)
    logs.push((await run(id, say)).log);
  const stopped = { ...logs[1]!, end: null };
  const aa = { ...logs[1]!, header: { ...logs[1]!.header, isAa: true } };
  const titles = new Map([['c-1a2b3c4d', 'Wrong id']]);
  const { runs, causes, leftOut } = historyOf([...logs.slice(0, 3), aa, stopped, logs[3]!], titles);
  expect(runs.map(({ version }) => version)).toEqual(['v1', 'v2', 'v3', 'v4']);
  expect(causes).toMatchObject([{ cause: 'c-1a2b3c4d', title: 'Wrong id' }]);
  expect(causes[0]!.cells).toEqual(
    [0, 1, 0, 0].map((passed, at) => ({ passed, cases: 1, rate: passed, cameBack: at === 2 })),
  );
  expect(leftOut).toEqual({ aa: 1, incomplete: 1, undecided: 0 });
  expect(historyOf([], titles).runs).toEqual([]);
});

test('a case that did not pass names the check that failed before one that could not tell', () => {
  const check = (id: string, verdict: 'fail' | 'cannot_tell', provisional = false) => ({
    ...{ check: id, verdict, value: null, reason: `${id} says so`, evidence: [], provisional },
  });
  const attempt = (checks: AttemptRecord['checks'], error: AttemptRecord['error'] = null) =>
    ({ checks, error }) as AttemptRecord;
  const down = { code: 'exit_69', message: 'unavailable', isInfrastructure: true };
  const unclear = attempt([check('condition', 'cannot_tell'), check('judge', 'fail', true)]);
  const failed = attempt([check('condition', 'cannot_tell'), check('refusal', 'fail')]);
  expect(reasonOf([attempt([], down), unclear, failed])?.code).toBe('refusal');
  expect(reasonOf([unclear, attempt([], down)])?.code).toBe('exit_69');
  expect(reasonOf([unclear])?.code).toBe('condition');
  expect(reasonOf([attempt([])])).toBeNull();
});
