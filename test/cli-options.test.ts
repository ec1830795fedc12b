import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-options-'));
writeFileSync(join(folder, 'checks.txt'), '# none yet\r\n');
writeFileSync(join(folder, 'sentences.txt'), 'No greeting\n');
writeFileSync(join(folder, 'traces.jsonl'), 'of no format');

/** The traces have no known format, so the expected error must come before they are read. */
const culprit = (...args: readonly string[]) =>
  runCulprit(['analyze', 'traces.jsonl', ...args], {
    cwd: folder,
    env: { OPENAI_API_KEY: '', XDG_CACHE_HOME: folder },
  });

test.each([
  { args: ['--judge', 'openai:m'], says: 'no key for https://api.openai.com/v1: set OPENAI_API' },
  { args: ['--embedder', 'openai:m'], says: 'no key for https://api.openai.com/v1: set OPENAI_A' },
  { args: ['--judge-passing', '5'], says: '--judge-passing needs a model: name one with --judge' },
  {
    args: ['--judge-max-cost', '1'],
    says: '--judge-max-cost needs a model: name one with --judge',
  },
  { args: ['--judge-price', '1/2'], says: '--judge-price needs a model: name one with --judge' },
  { args: ['--check', 'It lies'], says: '--check needs a model: name one with --judge' },
  { args: ['--check-file', 'checks.txt', '--judge', 'openai:m'], says: 'contains no checks' },
  {
    args: ['--check', 'sentences.txt', '--judge', 'openai:m'],
    says: '--check sentences.txt: this is a file; --check-file reads the checks in it',
  },
  {
    args: ['--check-file', 'sentences.txt'],
    says: '--check-file sentences.txt: checks in plain language need a model: name one with --judge',
  },
  { args: ['--base-url', 'http://x/v1'], says: '--base-url needs a model: name one with --judge' },
  { args: ['--clusters', '3'], says: '--clusters has no effect with hdbscan' },
  { args: ['--json', '--top', '3'], says: '--top needs the list in the terminal' },
  { args: ['--severity', 'agent_lop=4'], says: '--severity: there is no category agent_lop' },
  { args: ['--granularity', 'huge'], says: '--granularity: must be one of "coarsest"' },
  { args: ['--min-cluster-size', '1'], says: '--min-cluster-size: must be at least 2' },
  { args: ['--sample', '-3'], says: '--sample: must be at least 1' },
  { args: ['--top', '0'], says: '--top: must be at least 1' },
  { args: ['--view', 'foo'], says: '--view "foo": there is no view "foo"' },
  { args: ['--map', 'inptu=x'], says: '--map: there is no field inptu' },
  { args: ['--embedder', 'foo'], says: '--embedder "foo": there is no such embedder' },
  { args: ['--out', 'none/report.html'], says: 'none/report.html cannot be written' },
])('rejects $args before reading a file', async ({ args, says }) => {
  const { status, stdout, stderr } = await culprit(...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n').length).toBe(1);
});
