import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { demoTraces } from './demo-suite.ts';
import { runCulprit } from './run-culprit.ts';
import { shellWords } from './shell-words.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-suites-'));
const evals = join(folder, 'evals');

const culprit = (...args: readonly string[]) => runCulprit(args, { cwd: folder });

const yamlIn = (path: string): string =>
  join(path, readdirSync(path).find((name) => name.endsWith('.yaml')) ?? '');

beforeAll(() => {
  writeFileSync(join(folder, 'traces.jsonl'), demoTraces());
});

describe('from a file of traces to a suite', () => {
  test('promote writes a suite, its contents and the schema for editors', async () => {
    const { status, stdout, stderr } = await culprit(
      'promote',
      'traces.jsonl',
      '--cause',
      '1',
      '--suite',
      'evals/',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^suite +evals\/[\w-]+\.yaml \(new\): 3 guards, 5 controls, \d+ cases in the slice$/m,
    );
    expect(stdout).toMatch(
      /^checks +tool_argument_mismatch \{"cause":\["other field","refund_order\.order_id"\]\}$/m,
    );
    expect(stdout).toMatch(/^guards +guard-[0-9a-f]{8} +medoid /m);
    expect(stdout).toMatch(/^proof +\d+ cases proven: /m);
    expect(stdout).toMatch(/^note +the slice has /m);
    expect(
      readdirSync(evals)
        .map((name) => name.split('.').slice(1).join('.'))
        .sort(),
    ).toEqual(['jsonl', 'schema.json', 'yaml']);
  });

  test('again, by the id, it adds nothing', async () => {
    const before = readFileSync(yamlIn(evals), 'utf8');
    const id = /id: (c-[0-9a-f]{8})/.exec(before)![1]!;
    const { status, stdout } = await culprit('promote', 'traces.jsonl', id, '--suite', 'evals/');
    expect(status).toBe(0);
    expect(stdout).toContain('nothing new');
    expect(readFileSync(yamlIn(evals), 'utf8')).toBe(before);
  });

  test('the line that an analysis prints, pasted into a shell, promotes the same cause', async () => {
    const cwd = join(folder, 'paste');
    mkdirSync(cwd);
    cpSync(join(folder, 'traces.jsonl'), join(cwd, "June's traces.jsonl"));
    const words = ['--sample=90', '--seed', '9', '--granularity', 'fine', '--no-out'];
    const listed = await runCulprit(['analyze', "June's traces.jsonl", ...words], { cwd });
    const [, line = '', id] = /^next (culprit promote .*? (c-[0-9a-f]{8}) .*?) {2}#/m.exec(
      listed.stdout,
    )!;
    expect(line).toContain(' --sample=90 --seed 9 --granularity fine --suite evals/');
    const ended = await runCulprit(shellWords(`${line} --json`, cwd), { cwd });
    const { suite } = JSON.parse(ended.stdout);
    expect(suite.cause.id).toBe(id);
  });

  test('--json prints what was written', async () => {
    const { status, stdout } = await culprit(
      'promote',
      'traces.jsonl',
      '--cause',
      '1',
      '--suite',
      'other',
      '--json',
    );
    expect(status).toBe(0);
    const { file, payload, suite, added, broken, diff } = JSON.parse(stdout);
    expect(readFileSync(join(folder, file), 'utf8')).toContain(suite.cause.id);
    expect(readFileSync(join(folder, payload), 'utf8').split('\n').length).toBe(added.length + 2);
    expect({ broken, diff }).toEqual({ broken: [], diff: null });
    rmSync(join(folder, 'other'), { recursive: true });
  });

  test('suite check proves every case, and names one that is broken', async () => {
    expect(await culprit('suite', 'check', 'evals/')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ (\d+) of \1 cases proven\n$/),
    });
    cpSync(evals, join(folder, 'broken'), { recursive: true });
    const file = yamlIn(join(folder, 'broken'));
    writeFileSync(file, readFileSync(file, 'utf8').replace('role: guard', 'role: control'));
    const { status, stdout } = await culprit('suite', 'check', 'broken');
    expect(status).toBe(2);
    expect(stdout).toMatch(
      /^broken +guard-[0-9a-f]{8} \(control\): its recorded output fails the checks \(tool_argument_mismatch: /m,
    );
  });

  test('suite diff lists what differs', async () => {
    expect((await culprit('suite', 'diff', 'evals', 'evals')).stdout).toContain('no difference');
    const { stdout } = await culprit('suite', 'diff', 'evals', 'broken');
    expect(stdout).toMatch(/^c-[0-9a-f]{8} {2}[0-9a-f]{16} → [0-9a-f]{16}$/m);
    expect(stdout).toMatch(/^~ guard-[0-9a-f]{8}: role$/m);
    expect(
      JSON.parse((await culprit('suite', 'diff', 'evals', 'broken', '--json')).stdout).changed,
    ).toHaveLength(1);
  });

  test('the checks of a suite find the failures in traces', async () => {
    writeFileSync(
      join(folder, 'checks.yaml'),
      'checks:\n  - check: no_repeated_call\n    params: { most: 3 }\n    why: A call that was made is not made again.\n',
    );
    const { status, stdout } = await culprit(
      'analyze',
      'traces.jsonl',
      '--check-file',
      'checks.yaml',
      '--json',
    );
    expect(status).toBe(0);
    const detector = JSON.parse(stdout).detectors.find(
      ({ id }: { id: string }) => id === 'check_no_repeated_call',
    );
    expect(detector.yes).toBeGreaterThan(0);
    expect(detector.errors).toBe(0);
  });

  test('a function of your own is a check, in an analysis and in a suite', async () => {
    mkdirSync(join(evals, 'checks'), { recursive: true });
    writeFileSync(
      join(evals, 'checks/short.ts'),
      `export default (trace: { output: string }, { most }: { most: number }) =>
        trace.output.length <= most || { verdict: 'fail', reason: 'too long', evidence: [{ path: '/output', quote: trace.output }] };\n`,
    );
    const use =
      '  - check: script\n    params: { file: ./checks/short.ts, params: { most: 10000 } }\n';
    writeFileSync(join(evals, 'mine.txt'), `checks:\n${use.replace('10000', '60')}`);
    const { status, stdout } = await culprit(
      'analyze',
      'traces.jsonl',
      '--check-file',
      'evals/mine.txt',
      '--json',
    );
    expect(status).toBe(0);
    const detector = JSON.parse(stdout).detectors.find(
      ({ id }: { id: string }) => id === 'check_script',
    );
    expect(detector.yes).toBeGreaterThan(0);
    expect(detector.errors).toBe(0);
    const file = yamlIn(evals);
    writeFileSync(file, readFileSync(file, 'utf8').replace('\nchecks:\n', `\nchecks:\n${use}`));
    expect(await culprit('suite', 'check', 'evals/')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ (\d+) of \1 cases proven\n$/),
    });
  });
});

describe('bad input has its own message with file and line, and its exit code', () => {
  /** The suite with one change. */
  const changed = (change: (text: string) => string): string => {
    const path = join(folder, 'bad');
    rmSync(path, { recursive: true, force: true });
    cpSync(evals, path, { recursive: true });
    writeFileSync(yamlIn(path), change(readFileSync(yamlIn(path), 'utf8')));
    return 'bad';
  };

  test.each([
    {
      what: 'broken YAML',
      change: (text: string) => text.replace('version: 1', 'version: [1'),
      says: /^error bad\/[\w-]+\.yaml:\d+: not valid YAML: /,
    },
    {
      what: 'an unknown check',
      change: (text: string) => text.replace('check: answered', 'check: answred'),
      says: /^error bad\/[\w-]+\.yaml:\d+: there is no check answred; did you mean answered\?/,
    },
    {
      what: 'a missing payload',
      change: (text: string) => text.replace(/^payload: .*$/m, 'payload: gone.jsonl'),
      says: /^error bad\/[\w-]+\.yaml:\d+: there is no file bad\/gone\.jsonl/,
    },
    {
      what: 'a duplicate case id',
      change: (text: string) => {
        const [first, second] = [...text.matchAll(/ {2}- id: (\S+)/g)].map(([, id]) => id!);
        return text.replace(`- id: ${second}`, `- id: ${first}`);
      },
      says: /^error bad\/[\w-]+\.yaml:\d+: the case id guard-[0-9a-f]{8} is taken by the case at line \d+/,
    },
  ])('$what: 15', async ({ change, says }) => {
    const { status, stderr } = await culprit('suite', 'check', changed(change));
    expect(stderr).toMatch(says);
    expect(status).toBe(15);
  });

  test('a suite that is not there: 10', async () => {
    expect(await culprit('suite', 'check', 'gone/')).toMatchObject({
      status: 10,
      stderr: expect.stringContaining('error gone/: there is no suite'),
    });
    expect(await culprit('analyze', 'traces.jsonl', '--check-file', 'gone.yaml')).toMatchObject({
      status: 10,
      stderr: expect.stringContaining('--check-file gone.yaml: cannot be read (no such file)'),
    });
  });

  test.each([
    {
      args: ['promote', 'traces.jsonl'],
      says: 'error name the cause: its id after the files, or its rank with --cause 1',
    },
    {
      args: ['promote', 'traces.jsonl', '--cause', '99'],
      says: 'error there is no cause 99; the analysis found c-',
    },
    {
      args: ['promote', 'traces.jsonl', 'c-00000000'],
      says: 'error there is no cause c-00000000; the analysis found c-',
    },
    {
      args: ['promote', 'traces.jsonl', 'c-00000000', '--cause', '1'],
      says: 'both name a cause: give one',
    },
    {
      args: ['promote', 'traces.jsonl', '--cause', '1', '--pick', 'x'],
      says: 'error --pick: the trace x is no sampled failure of cause',
    },
    {
      args: ['promote', 'traces.jsonl', '--cause', '1', '--redact', 'hash'],
      says: 'error --redact hash needs --redact-salt',
    },
    {
      args: ['promote', 'traces.jsonl', '--cause', '1', '--redact-salt', 'long enough'],
      says: 'error --redact-salt has no effect without --redact hash',
    },
    {
      args: ['checks', 'contians'],
      says: 'error there is no check contians; did you mean contains?',
    },
  ])('$args: 1', async ({ args, says }) => {
    const { status, stderr } = await culprit(...args);
    expect(stderr).toContain(says);
    expect(status).toBe(1);
  });

  test('a file of checks with a judge needs a model: 1', async () => {
    writeFileSync(
      join(folder, 'wrong.yaml'),
      '- check: json\n- check: judge\n  params: { failure: x }\n',
    );
    const { status, stderr } = await culprit(
      'analyze',
      'traces.jsonl',
      '--check-file',
      'wrong.yaml',
    );
    expect(stderr).toContain('error --check-file wrong.yaml: the check judge needs a model');
    expect(status).toBe(1);
  });
});
