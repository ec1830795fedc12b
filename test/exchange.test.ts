import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runChecks } from '../src/verify/checks.ts';
import { CARRIED, exchangeSuite, suiteFiles } from '../src/verify/testing/exchange.ts';
import { runCulprit } from './run-culprit.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-exchange-'));
const python = process.env['PYTHON'] ?? 'python3';
const promptfoo = process.env['PROMPTFOO'] ?? 'promptfoo';

const run = (command: string, args: readonly string[], cwd = folder, env = {}) =>
  spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', ...env },
  });
const culprit = (...args: readonly string[]) => runCulprit(args, { cwd: folder });

const asked = CARRIED.flatMap(({ use, answers }) =>
  answers.map((answer) => ({ answer, checks: [use] })),
);
const shared = [{ check: 'contains', params: { texts: ['qqq'] }, negate: true }];
/** Verdict of each case by its id in exports. */
const verdicts: Record<string, string> = {};

beforeAll(async () => {
  for (const { path, text } of suiteFiles(asked, shared)) {
    mkdirSync(join(folder, 'evals'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const [read] = exchangeSuite(asked, shared);
  for (const { id, hash } of read!.suite.cases) {
    const uses = read!.checksOf(id).map(({ use }) => use);
    const { recorded } = read!.payload.cases.get(hash)!;
    verdicts[`c-1a2b3c4d/${id}`] = (await runChecks(recorded, uses)).verdict;
  }
});

const exportTo = async (program: string): Promise<string> => {
  const { status, stderr } = await culprit(
    ...['suite', 'export', 'evals/', '--to', program, '--out', program],
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return join(folder, program);
};

describe('other programs give the verdicts of Culprit on the recorded answers', () => {
  test('every answer has a verdict, some pass and some fail', async () => {
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['pass', 'fail']));
    expect(Object.keys(verdicts)).toHaveLength(asked.length);
  });

  test('vitest', async () => {
    const out = await exportTo('vitest');
    mkdirSync(join(out, 'node_modules'));
    symlinkSync(join(root, 'node_modules/vitest'), join(out, 'node_modules/vitest'));
    const source = JSON.stringify(join(root, 'src/verify/checks.ts'));
    writeFileSync(
      join(out, 'vitest.config.mjs'),
      `export default { resolve: { alias: { 'culprit/checks': ${source} } } };\n`,
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    run(process.execPath, [vitest, 'run', '--reporter=json', '--outputFile=out.json'], out);
    const { testResults } = JSON.parse(readFileSync(join(out, 'out.json'), 'utf8'));
    const theirs = testResults.flatMap(
      ({ assertionResults }: { assertionResults: { title: string; status: string }[] }) =>
        assertionResults.map(({ title, status }) => [
          title.split(' ')[1],
          status === 'passed' ? 'pass' : 'fail',
        ]),
    );
    expect(Object.fromEntries(theirs)).toEqual(verdicts);
  });

  test.skipIf(run(python, ['-m', 'pytest', '--version']).status !== 0)('pytest', async () => {
    const out = await exportTo('pytest');
    const { stdout } = run(python, ['-m', 'pytest', '-q', '-rA', 'test_culprit.py'], out);
    const theirs = [...stdout.matchAll(/^(PASSED|FAILED) \S+\[guard-(\S+?)\]/gm)].map(
      ([, status, id]) => [id, status === 'PASSED' ? 'pass' : 'fail'],
    );
    expect(Object.fromEntries(theirs)).toEqual(verdicts);
  });

  test.skipIf(run(python, ['-c', 'import inspect_ai']).status !== 0)('Inspect', async () => {
    const out = await exportTo('inspect');
    const { stderr, status } = run(
      python,
      [
        ...['-m', 'inspect_ai', 'eval', 'task.py', '-T', 'recorded=true', '--model'],
        ...['mockllm/model', '--display', 'none', '--log-format', 'json', '--log-dir', 'logs'],
      ],
      out,
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const [log] = readdirSync(join(out, 'logs')).filter((name) => name.endsWith('.json'));
    const { samples } = JSON.parse(readFileSync(join(out, 'logs', log!), 'utf8'));
    const theirs = samples.map(
      ({ id, scores }: { id: string; scores: { checks: { value: string } } }) => [
        id,
        scores.checks.value === 'C' ? 'pass' : 'fail',
      ],
    );
    expect(Object.fromEntries(theirs)).toEqual(verdicts);
  });

  test.skipIf(run(promptfoo, ['--version']).status !== 0)('promptfoo', async () => {
    const out = await exportTo('promptfoo');
    run(
      promptfoo,
      ['eval', '-c', 'promptfooconfig.yaml', '--no-cache', '-o', 'results.json'],
      out,
      { PROMPTFOO_DISABLE_TELEMETRY: '1', PROMPTFOO_DISABLE_UPDATE: '1' },
    );
    const { results } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    const theirs = results.results.map(
      ({ vars, success }: { vars: { case: string }; success: boolean }) => [
        vars.case,
        success ? 'pass' : 'fail',
      ],
    );
    expect(Object.fromEntries(theirs)).toEqual(verdicts);
    const back = await culprit('suite', 'import', 'promptfoo/results.json', '--suite', 'back/');
    expect(back).toMatchObject({ status: 0, stderr: '' });
    expect((await culprit('suite', 'check', 'back/')).status).toBe(0);
  });
});

describe('suite export', () => {
  test('names every loss; --strict writes nothing', async () => {
    const { status, stdout } = await culprit('suite', 'export', 'evals/', '--to', 'openai-evals');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^wrote +openai-evals\/evals\/culprit\.yaml$/m);
    expect(stdout).toMatch(
      /^lost +contains: OpenAI Evals has no negated match \(.* and \d+ more\)$/m,
    );
    expect(stdout).toMatch(/^\d+ losses in all$/m);
    const strict = await culprit(
      ...['suite', 'export', 'evals/', '--to', 'openai-evals', '--out', 'none', '--strict'],
    );
    expect(strict.status).toBe(1);
    expect(strict.stdout).toBe('');
    expect(strict.stderr).toMatch(/^lost +contains: /m);
    expect(strict.stderr).toMatch(
      /^error --strict: the export to openai-evals would lose \d+ things/m,
    );
    expect(readdirSync(folder)).not.toContain('none');
  });

  test('never overwrites the target that people changed', async () => {
    const out = await exportTo('pytest');
    writeFileSync(join(out, 'target.py'), '# mine\n');
    await exportTo('pytest');
    expect(readFileSync(join(out, 'target.py'), 'utf8')).toBe('# mine\n');
  });

  test('an unknown program and a missing folder are errors', async () => {
    expect((await culprit('suite', 'export', 'evals/', '--to', 'jest')).status).toBe(1);
    expect((await culprit('suite', 'export', 'gone/', '--to', 'pytest')).status).toBe(10);
    const latency = [{ check: 'latency', params: { most: 5 } }];
    for (const { path, text } of suiteFiles([{ answer: 'Yes' }], latency)) {
      mkdirSync(join(folder, 'measured'), { recursive: true });
      writeFileSync(join(folder, path.replace('evals', 'measured')), text);
    }
    const none = await culprit('suite', 'export', 'measured/', '--to', 'pytest');
    expect(none).toMatchObject({ status: 12, stdout: '' });
    expect(none.stderr).toMatch(/there is no case to export to pytest: of 1 case none can run/);
  });
});

describe('suite import', () => {
  test('a table becomes a suite that can be checked; again, nothing is new', async () => {
    writeFileSync(join(folder, 'qa.csv'), 'question,expected,topic\nTwo?,2,math\nThree?,3,\n');
    const first = await culprit('suite', 'import', 'qa.csv', '--suite', 'qa/');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/^suite +qa\/qa-csv\.yaml: 2 guards, 0 controls$/m);
    expect(first.stdout).toMatch(/^lost +fields not imported: topic \(line 2\)$/m);
    expect(await culprit('suite', 'check', 'qa/')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/2 of 2 cases proven/),
    });
    expect((await culprit('suite', 'import', 'qa.csv', '--suite', 'qa/')).stdout).toContain(
      'nothing new',
    );
    expect((await culprit('suite', 'import', 'qa.csv', '--suite', 'new/', '--strict')).status).toBe(
      1,
    );
    expect(readdirSync(folder)).not.toContain('new');
  });

  test('personal data is taken out; a case that is compared by it is left out and named', async () => {
    const rows = [
      {
        input: 'Write to ann.lee@example.com',
        output: 'Wrote to ann.lee@example.com',
        passed: true,
      },
      { input: 'Who is it?', expected: 'ann.lee@example.com' },
    ];
    writeFileSync(join(folder, 'pii.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const masked = await culprit('suite', 'import', 'pii.jsonl', '--suite', 'masked/');
    expect(masked.status).toBe(0);
    expect(masked.stdout).toMatch(/^lost +.*left out: redaction \(mask\) would take what its/m);
    const texts = readdirSync(join(folder, 'masked'))
      .map((name) => readFileSync(join(folder, 'masked', name), 'utf8'))
      .join('');
    expect(texts).not.toContain('ann.lee');
    expect(texts).toContain('Write to [email]');
    expect(texts).toContain('redaction: mask');
    expect((await culprit('suite', 'check', 'masked/')).status).toBe(0);
    const off = await culprit('suite', 'import', 'pii.jsonl', '--suite', 'off/', '--redact', 'off');
    expect(off.stdout).toMatch(/1 guard, 1 control$/m);
    const salt = await culprit('suite', 'import', 'pii.jsonl', '--redact', 'hash');
    expect(salt).toMatchObject({ status: 1, stderr: expect.stringContaining('--redact-salt') });
  });

  test.each([
    ['gone.csv', '', 10],
    ['bad.jsonl', '{"input":"a"}\n{', 15],
    ['none.jsonl', '', 12],
  ])('%s: exit code', async (name, text, code) => {
    if (code !== 10) writeFileSync(join(folder, name), text);
    const { status, stderr } = await culprit('suite', 'import', name, '--suite', 'bad/');
    expect(stderr).toMatch(/^error /);
    expect(status).toBe(code);
  });
});
