import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import { ANALYSIS_VERSION, analysisSchema } from '../src/contract/analysis.ts';
import { type Ended, runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-cli-'));
const emptyFolder = mkdtempSync(join(tmpdir(), 'culprit-empty-'));
const main = resolve(import.meta.dirname, '../src/cli/main.ts');

/** In a process of its own. */
const spawned = (
  args: readonly string[],
  input?: Buffer,
): Omit<Ended, 'status'> & { status: number | null } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    maxBuffer: 1e9,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
};
const culprit = (args: readonly string[]): Promise<Ended> => runCulprit(args, { cwd: folder });
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const demoText = `${simulate({ runs: 200, seed: 11 }).lines.join('\n')}\n`;
const demo = file('demo.jsonl', demoText);

describe('culprit in a process of its own', () => {
  let plain: Ended;
  beforeAll(() => {
    plain = spawned(['analyze', demo, '--json']);
  });

  test('prints only JSON to stdout with --json, matching the schema', () => {
    expect(plain).toMatchObject({ status: 0, stderr: '' });
    expect(analysisSchema.parse(JSON.parse(plain.stdout)).version).toBe(ANALYSIS_VERSION);
    expect(existsSync(join(folder, 'culprit-report.html'))).toBe(false);
  });

  test('gives the same JSON and the same HTML in the next one', async () => {
    const next = spawned(['analyze', demo, '--json', '--out', 'a.html']);
    expect(next.stdout === plain.stdout).toBe(true);
    const here = await culprit(['analyze', demo, '--json', '--out', 'b.html']);
    expect(here.stdout === plain.stdout).toBe(true);
    const [a, b] = ['a.html', 'b.html'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(a === b).toBe(true);
  });

  const withoutFiles = (text: string): unknown => ({
    ...JSON.parse(text),
    ...{ files: null, command: null },
  });

  test.each([
    { name: 'gzip', bytes: gzipSync(demoText) },
    { name: 'zstd', bytes: zstdCompressSync(demoText) },
  ])('reads $name like the plain file', async ({ name, bytes }) => {
    const { stdout } = await culprit(['analyze', file(`demo.${name}`, bytes), '--json']);
    expect(withoutFiles(stdout)).toEqual(withoutFiles(plain.stdout));
  });

  test('reads standard input like the plain file', () => {
    const { stdout } = spawned(['analyze', '-', '--json'], Buffer.from(demoText));
    expect(withoutFiles(stdout)).toEqual(withoutFiles(plain.stdout));
  });

  test.each([
    { args: ['analyze', 'nowhere.jsonl'], status: 10, says: /^error .*nowhere\.jsonl/ },
    { args: ['analyze', demo, '--sampel', '3'], status: 1, says: /--sample/ },
  ])('exits with $status for $args', ({ args, status, says }) => {
    expect(spawned(args)).toEqual({ status, stdout: '', stderr: expect.stringMatching(says) });
  });
});

describe('culprit analyze', () => {
  test('shows rank, cause, share with interval, severity, priority, layer, a quote, the funnel and next steps', async () => {
    const { status, stdout } = await culprit(['analyze', demo, '--no-out']);
    expect(status).toBe(0);
    for (const text of [
      'Fix first: `refund_order`',
      'root cause',
      'share of failures',
      'refund_order',
      'account_id',
      'received',
      'sampled',
    ])
      expect(stdout).toContain(text);
    expect(stdout).toMatch(/\d+(\.\d)?–\d+(\.\d)?%/);
  });

  test('lists the requested level and names the adjacent ones', async () => {
    const args = ['analyze', demo, '--all', '--min-cluster-size', '2'];
    const { stdout } = await culprit([...args, '--json', '--granularity', 'finest']);
    const { level, levels, clusters } = analysisSchema.parse(JSON.parse(stdout));
    expect(level).toBe(levels.length - 1);
    expect(clusters.map(({ id }) => id)).toEqual(levels.at(-1)?.clusters.map(({ id }) => id));
    const beside = levels.at(-2);
    const { stdout: list } = await culprit([...args, '--no-out', '--granularity', 'finest']);
    expect(list).toContain(
      `--granularity ${beside?.granularity}  # for ${beside?.clusters.length} broader groups\n`,
    );
    expect(list).not.toContain('narrower');
    expect(await culprit(['analyze', demo, '--granularity', 'huge'])).toMatchObject({ status: 1 });
  });

  test('skips a broken line, counts it and names the place', async () => {
    const lines = demoText.split('\n');
    const broken = file(
      'broken.jsonl',
      [...lines.slice(0, 3), '{"resourceSpans": [', ...lines.slice(3)].join('\n'),
    );
    const { status, stdout } = await culprit(['analyze', broken, '--json']);
    expect(status).toBe(0);
    const { problems, problemCount } = analysisSchema.parse(JSON.parse(stdout));
    expect(problemCount).toBe(1);
    expect(problems[0]).toMatchObject({ file: broken, line: 4 });
  });

  test('keeps control characters of traces out of the terminal', async () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify({
        input: `\u001b[31mred ${index}\u001b]0;title\u0007`,
        output: 'bad',
        feedback: 'thumbs_down',
      }),
    );
    const { stdout } = await culprit([
      'analyze',
      file('escape.jsonl', rows.join('\n')),
      '--no-out',
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });

  test('applies a score rule', async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      JSON.stringify({
        input: `question ${index}`,
        output: 'answer',
        scores: { vibe: index / 30 },
      }),
    );
    const path = file('scores.jsonl', rows.join('\n'));
    const { stdout } = await culprit(['analyze', path, '--score', 'vibe<0.5', '--json']);
    const { funnel } = analysisSchema.parse(JSON.parse(stdout));
    expect(funnel.find(({ name }) => name === 'failed')?.count).toBe(15);
  });

  test('runs a custom detector', async () => {
    const detector = file(
      'shouting.mjs',
      `export default { id: 'shouting', detect: (run) => run.output === 'LOUD' && run.finding({
        cause: [], statement: 'The answer shouts', evidence: [run.quote('/output', 'LOUD')] }) };`,
    );
    const rows = Array.from({ length: 20 }, (_, index) =>
      JSON.stringify({ input: `q ${index}`, output: index % 2 === 0 ? 'LOUD' : 'calm' }),
    );
    const { stdout, stderr } = await culprit([
      'analyze',
      file('loud.jsonl', rows.join('\n')),
      '--detector',
      detector,
      '--json',
    ]);
    expect(stderr).toBe('');
    const { clusters } = analysisSchema.parse(JSON.parse(stdout));
    expect(clusters.map(({ title, size }) => ({ title, size }))).toEqual([
      { title: 'The answer shouts', size: 10 },
    ]);
  });
});

describe('culprit reports errors with specific exit codes', () => {
  const healthy = Array.from({ length: 10 }, (_, index) =>
    JSON.stringify({ input: `what is ${index} and ${index}`, output: `it is ${index}` }),
  ).join('\n');
  test.each([
    {
      case: 'a missing file',
      args: ['analyze', 'nowhere.jsonl'],
      status: 10,
      says: /nowhere\.jsonl/,
    },
    { case: 'an empty folder', args: ['analyze', emptyFolder], status: 10, says: /folder/ },
    {
      case: 'a picture',
      args: ['analyze', file('x.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))],
      status: 11,
      says: /x\.png/,
    },
    {
      case: 'an empty file',
      args: ['analyze', file('empty.jsonl', '')],
      status: 12,
      says: /empty/,
    },
    {
      case: 'a rule for nothing',
      args: ['analyze', demo, '--score', 'groundednes<0.7'],
      status: 1,
      says: /--score: no trace has a score or a column groundednes\./,
    },
    {
      case: 'a map to nothing',
      args: ['analyze', file('healthy.jsonl', healthy), '--map', 'session=sesion'],
      status: 1,
      says: /--map: no row has a column sesion\..*Columns here: input, output/,
    },
    {
      case: 'an unknown option',
      args: ['analyze', demo, '--sampel', '3'],
      status: 1,
      says: /--sample/,
    },
    { case: 'an unknown view', args: ['analyze', demo, '--view', 'x'], status: 1, says: /brief/ },
    { case: 'a bad score rule', args: ['analyze', demo, '--score', 'x~1'], status: 1, says: /x~1/ },
    {
      case: 'a bad column map',
      args: ['analyze', demo, '--map', 'color=x'],
      status: 1,
      says: /color/,
    },
    {
      case: 'a bad severity',
      args: ['analyze', demo, '--severity', 'agent_loop=9'],
      status: 1,
      says: /severity/,
    },
    {
      case: 'an unknown embedder',
      args: ['analyze', demo, '--embedder', 'magic'],
      status: 1,
      says: /magic/,
    },
    {
      case: 'a module that is not a detector',
      args: ['analyze', demo, '--detector', file('none.mjs', 'export default 3')],
      status: 1,
      says: /none\.mjs/,
    },
  ])('$case: $status', async ({ args, status, says }) => {
    const result = await culprit(args);
    expect(result.stderr).toMatch(says);
    expect(result.stderr).not.toMatch(/\n {4}at /);
    expect(result.status).toBe(status);
    expect(result.stdout).toBe('');
  });

  test('works without a failed trace if all traces are requested', async () => {
    const { status, stdout } = await culprit([
      'analyze',
      file('healthy.jsonl', healthy),
      '--all',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(analysisSchema.parse(JSON.parse(stdout)).failures.length).toBe(10);
  });
});

test('culprit schema prints a JSON Schema with the documented fields', async () => {
  const { stdout } = await culprit(['schema']);
  const schema = JSON.parse(stdout) as { required: string[] };
  for (const field of ['version', 'funnel', 'options', 'clusters', 'failures'])
    expect(schema.required).toContain(field);
});
