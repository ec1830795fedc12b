import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import { analysisSchema } from '../src/contract/analysis.ts';
import { type Ended, runCulprit } from './run-culprit.ts';
import { shellWords } from './shell-words.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-advice-'));
/** Runs the line as if it were pasted into a shell. What comes through a pipe needs a process of its own. */
async function shell(line: string): Promise<Ended> {
  const env = { XDG_CACHE_HOME: folder };
  if (!line.includes('|')) return runCulprit(shellWords(line, folder), { cwd: folder, env });
  const command = `culprit() { "${process.execPath}" "${main}" "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
    ...{ cwd: folder, encoding: 'utf8', maxBuffer: 1e9 },
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  return { status, stdout, stderr };
}

const main = resolve(import.meta.dirname, '../src/cli/main.ts');
const file = (name: string, content: string): void => writeFileSync(join(folder, name), content);
const rows = (name: string, count: number, make: (index: number) => object): void =>
  file(name, Array.from({ length: count }, (_, index) => JSON.stringify(make(index))).join('\n'));

file('demo.jsonl', simulate({ runs: 300, seed: 11 }).lines.join('\n'));
rows('sums of two.jsonl', 12, (n) => ({ input: `How much is ${n} and ${n}?`, output: `${2 * n}` }));
rows('scored.jsonl', 12, (n) => ({
  input: `Question ${n}?`,
  output: `Answer ${n}.`,
  depth: n / 12,
  'was it ok': n % 2 === 0,
  kind: n % 3 === 0 ? 'wrong way' : 'right way',
}));
rows('few.jsonl', 12, (n) => ({
  input: `Question ${n}?`,
  output: `Answer ${n}.`,
  error: n < 2 ? `cannot open drawer ${n}` : null,
}));
file('broken.jsonl', '{"input":"a","output":"b"}\n{"input":"c",\n{"input":"d","output":"e"}\n');
file('twice.jsonl', `${'{"trace_id":"t","input":"Who?","output":"Ann."}\n'.repeat(5)}`);
file(
  'table.csv',
  'question,answer,groundedness\nWhat?,One.,0.39\nWhy?,Two.,0.8\nWho?,Three.,0.2\n',
);

const adviceOf = (output: string): string[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('try '))
    .map((line) => line.slice('try '.length));

describe('every printed advice works when it is pasted', () => {
  test.each([
    { given: 'culprit demo --no-out', advice: 1 },
    { given: 'culprit analyze demo.jsonl --no-out --top 2 --granularity fine', advice: 1 },
    { given: 'culprit analyze demo.jsonl --no-out --all --top 3', advice: 2 },
    { given: 'culprit analyze "sums of two.jsonl" --no-out', advice: 1 },
    { given: 'culprit analyze scored.jsonl --no-out', advice: 3 },
    { given: 'culprit analyze few.jsonl --no-out', advice: 0 },
    { given: 'culprit analyze broken.jsonl --no-out', advice: 1 },
    { given: 'cat demo.jsonl | culprit analyze - --no-out', advice: 0 },
  ])('$given', async ({ given, advice }) => {
    const first = await shell(given);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const lines = adviceOf(first.stdout);
    expect(lines.length).toBeGreaterThanOrEqual(advice);
    for (const line of lines)
      expect([line, await shell(line)]).toMatchObject([line, { status: 0, stderr: '' }]);
  });

  test('a rule that is suggested where nothing failed finds failures', async () => {
    const [line] = adviceOf((await shell('culprit analyze scored.jsonl --no-out')).stdout);
    expect(line).toContain('--score ');
    expect((await shell(`${line?.split('  #')[0]} --json`)).stdout).toMatch(/"failedCount":[1-9]/);
  });

  test('where standard input cannot be read again, the options are named', async () => {
    const { stdout } = await shell('cat scored.jsonl | culprit analyze - --no-out');
    expect(stdout).toMatch(/^add --score "depth<0\.5"/m);
  });
});

describe('a run without failures', () => {
  test('ends with 0, says so, and prints a valid analysis', async () => {
    expect((await shell('culprit analyze "sums of two.jsonl" --no-out')).stdout).toContain(
      'Nothing fails in 12 traces',
    );
    const { status, stdout } = await shell('culprit analyze "sums of two.jsonl" --json');
    expect(status).toBe(0);
    const analysis = analysisSchema.parse(JSON.parse(stdout));
    expect(analysis).toMatchObject({ failedCount: 0, clusters: [], failures: [] });
    expect(analysis.headline.fix).toBeNull();
  });

  test('names the line that is broken', async () => {
    const { status, stdout } = await shell('culprit analyze broken.jsonl --no-out');
    expect(status).toBe(0);
    expect(stdout).toContain('1 record could not be used; first: broken.jsonl:2: not JSON');
  });

  test('says that a repeated trace counts once', async () => {
    const { stdout } = await shell('culprit analyze twice.jsonl --no-out');
    expect(stdout).toContain('Nothing fails in 1 trace');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '4 repeated traces with the id and content of an earlier one; each counts once',
    );
  });
});

describe('rules', () => {
  test.each([
    ['groundedness<0.6', 2],
    ['groundedness<0.85', 3],
  ])('--score "%s" on a plain column fails %i traces and says so', async (rule, failed) => {
    const { status, stdout } = await shell(`culprit analyze table.csv --no-out --score "${rule}"`);
    expect(status).toBe(0);
    expect(stdout).toContain(`rule ${rule}: fails ${failed} of 3 traces that have it`);
    expect(stdout).toContain(`${failed} of 3 traces failed`);
  });

  test('a misspelled name is a usage error that names what is there', async () => {
    const { status, stdout, stderr } = await shell(
      'culprit analyze table.csv --no-out --score "groundednes<0.6"',
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('Did you mean groundedness? Scores: groundedness (0.2 to 0.8)');
  });
});

test('groups of all traces are no failures', async () => {
  const { stdout } = await shell('culprit analyze "sums of two.jsonl" --all --no-out');
  expect(stdout).toMatch(/12 traces in \d+ groups?; none failed/);
  expect(stdout).not.toMatch(/failure|cause|fix|severity/i);
  const json = (await shell('culprit analyze "sums of two.jsonl" --all --json')).stdout;
  const { clusters, failures } = analysisSchema.parse(JSON.parse(json));
  expect(clusters.length).toBeGreaterThan(0);
  for (const cluster of clusters)
    expect(cluster).toMatchObject({ severity: null, layer: 'unknown', why: [], failedShare: 0 });
  expect(failures.every(({ failed }) => !failed)).toBe(true);
  expect(json).not.toContain('Unexplained failure');
});

test('a detector that fails on every trace makes the run incomplete', async () => {
  file('fails.mjs', "export default { id: 'fails', detect() { throw new Error('broken'); } };");
  const { status, stdout } = await shell('culprit analyze table.csv --no-out --detector fails.mjs');
  expect(status).toBe(2);
  expect(stdout).toContain('detector fails failed on 3 traces; first: it threw Error: broken');
});
