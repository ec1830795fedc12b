import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'culprit-options-'));
const main = resolve(import.meta.dirname, '../src/cli/main.ts');
writeFileSync(join(folder, 'checks.txt'), '# none yet\r\n');
writeFileSync(join(folder, 'traces.jsonl'), 'of no format');

/** The traces are of no known format: what is told comes before they are read. */
const culprit = (...args: readonly string[]) =>
  spawnSync(process.execPath, [main, 'analyze', 'traces.jsonl', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', OPENAI_API_KEY: '', XDG_CACHE_HOME: folder },
  });

test.each([
  { args: ['--judge', 'openai:m'], says: 'no key for https://api.openai.com/v1: set OPENAI_API' },
  { args: ['--embedder', 'openai:m'], says: 'no key for https://api.openai.com/v1: set OPENAI_A' },
  { args: ['--judge-passing', '5'], says: '--judge-passing is for a model: name one with --judge' },
  { args: ['--judge-price', '1/2'], says: '--judge-price is for a model: name one with --judge' },
  { args: ['--check', 'It lies'], says: 'a check in plain language is for a model: name one' },
  { args: ['--checks', 'checks.txt', '--judge', 'openai:m'], says: 'contains no check' },
  { args: ['--out', 'none/report.html'], says: 'the report cannot be written to' },
])('$args is refused before a file is read', ({ args, says }) => {
  const { status, stdout, stderr } = culprit(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n').length).toBe(1);
});
