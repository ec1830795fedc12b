import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeSuite } from './eval-suite.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-bad-input-'));
const suite = join(folder, 'evals/promise.yaml');

beforeEach(() => {
  rmSync(folder, { recursive: true });
  writeSuite(join(folder, 'evals'), { guards: 2, controls: 1 });
});

const evaluate = (...args: readonly string[]) =>
  runCulprit(['eval', 'evals', ...args], { cwd: folder });

const lineOf = (text: string, from = 0): number => {
  const lines = readFileSync(suite, 'utf8').split('\n');
  return 1 + lines.findIndex((line, at) => at >= from && line.includes(text));
};

test.each([
  {
    what: 'broken YAML',
    from: 'labels:',
    to: 'labels: [',
    line: () => null,
    says: 'not valid YAML: ',
  },
  {
    what: 'an unknown check',
    from: 'check: contains',
    to: 'check: contians',
    line: () => lineOf('check: contians'),
    says: 'there is no check contians; did you mean contains?',
  },
  {
    what: 'an unknown parameter',
    from: 'texts:',
    to: 'words:',
    line: () => lineOf('words:'),
    says: 'parameters of the check contains: there is no field words; it takes texts',
  },
  {
    what: 'a duplicate id of a case',
    from: 'id: guard-2',
    to: 'id: guard-1',
    line: () => lineOf('id: guard-1', lineOf('id: guard-1')),
    says: 'the case id guard-1 is taken by the case at line',
  },
  {
    what: 'a missing file of contents',
    from: 'payload: promise.jsonl',
    to: 'payload: gone.jsonl',
    line: () => lineOf('payload:'),
    says: 'there is no file evals/gone.jsonl',
  },
])('$what is named with file and line, and ends with 15', async ({ from, to, line, says }) => {
  const text = readFileSync(suite, 'utf8');
  expect(text).toContain(from);
  writeFileSync(suite, text.replace(from, to));
  const { status, stdout, stderr } = await evaluate('--target', 'cmd:cat');
  expect({ status, stdout }).toEqual({ status: 15, stdout: '' });
  const place = `evals/promise.yaml:${line() ?? '\\d+'}: `;
  expect(stderr).toMatch(new RegExp(`^error ${place}`, 'm'));
  expect(stderr.replace(/\s+/g, ' ')).toContain(says);
});

test('a folder that is not there', async () => {
  rmSync(join(folder, 'evals'), { recursive: true });
  const { status, stderr } = await evaluate('--target', 'cmd:cat');
  expect(status).toBe(10);
  expect(stderr).toContain('evals: there is no such file or folder');
});

test.each([
  {
    what: 'garbage',
    command: 'echo "]]garbage{"; echo "loading model" >&2',
    verdict: 'incomplete',
    says: /^error +unreadable_output in 3 cases: its output cannot be used: it is no trace, .*: loading model$/m,
  },
  {
    what: 'nothing',
    command: 'true',
    verdict: 'incomplete',
    says: /^error +unreadable_output in 3 cases: its output cannot be used: it is empty/m,
  },
  {
    what: 'no end',
    command: 'sleep 60',
    verdict: 'infrastructure',
    says: /^error +timeout in 3 cases: it did not end within 1 s/m,
  },
  {
    what: 'a flood of 1 GB',
    command: 'head -c 1000000000 /dev/zero',
    verdict: 'incomplete',
    says: /^error +flood in 3 cases: it wrote more than 64\.0.MB/m,
  },
  {
    what: 'exit code 137',
    command: 'exit 137',
    verdict: 'infrastructure',
    says: /^error +exit_137 in 3 cases: it ended with exit code 137 \(killed, often for want of memory\)/m,
  },
  {
    what: 'a kill',
    command: 'kill -9 $$',
    verdict: 'infrastructure',
    says: /^error +killed_SIGKILL in 3 cases: SIGKILL ended it/m,
  },
])('a target that gives $what: no verdict, and exit code 2', async ({ command, verdict, says }) => {
  const args = ['--timeout', '1', '--retries', '0', '--repeat', '1', '--concurrency', '3'];
  const timeout = command.startsWith('sleep') ? args : args.slice(2);
  const { status, stdout } = await evaluate('--target', `cmd:${command}`, ...timeout);
  expect(stdout.trimStart().split(' ')[0]).toBe(verdict);
  expect(stdout).toMatch(says);
  expect(status).toBe(2);
});

test('a run that cannot be sent is kept and printed, and ends with the reason', async () => {
  const args = ['--target', 'cmd:true', '--retries', '0', '--repeat', '1'];
  const alone = await evaluate(...args, '--project', 'shop');
  expect(alone.stderr).toContain('--project has no effect without --server');
  const wrong = await evaluate(...args, '--server', 'nowhere');
  expect(wrong).toMatchObject({ status: 1, stdout: '' });
  expect(wrong.stderr).toContain('--server: “nowhere” is no address');
  const { status, stdout, stderr } = await evaluate(...args, '--server', 'http://127.0.0.1:9');
  expect(stdout.trimStart()).toMatch(/^incomplete/);
  expect(stderr).toContain('no answer from http://127.0.0.1:9');
  expect(status).toBe(22);
});
