import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import { ANALYSIS_VERSION, analysisSchema } from '../src/contract/analysis.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-cli-'));
const emptyFolder = mkdtempSync(join(tmpdir(), 'culprit-empty-'));
const main = resolve(import.meta.dirname, '../src/cli/main.ts');

const culprit = (args: readonly string[], input?: string | Buffer) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    maxBuffer: 1e9,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
};
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const demoText = `${simulate({ runs: 700, seed: 11 }).lines.join('\n')}\n`;
const demo = file('demo.jsonl', demoText);

describe('culprit analyze', () => {
  test('prints only JSON to stdout with --json, matching the schema', () => {
    const { status, stdout, stderr } = culprit(['analyze', demo, '--json']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(analysisSchema.parse(JSON.parse(stdout)).version).toBe(ANALYSIS_VERSION);
    expect(existsSync(join(folder, 'culprit-report.html'))).toBe(false);
  });

  test('gives the same JSON and HTML twice', () => {
    const twice = ['a.html', 'b.html'].map((name) => {
      const { stdout } = culprit(['analyze', demo, '--json', '--out', name]);
      return { json: digest(stdout), html: digest(readFileSync(join(folder, name), 'utf8')) };
    });
    expect(twice[0]).toEqual(twice[1]);
  });

  test.each([
    { name: 'gzip', bytes: gzipSync(demoText) },
    { name: 'zstd', bytes: zstdCompressSync(demoText) },
    { name: 'standard input', bytes: Buffer.from(demoText) },
  ])('reads $name like the plain file', ({ name, bytes }) => {
    const { stdout: plain } = culprit(['analyze', demo, '--json']);
    const { stdout } =
      name === 'standard input'
        ? culprit(['analyze', '-', '--json'], bytes)
        : culprit(['analyze', file(`demo.${name}`, bytes), '--json']);
    const without = (text: string): unknown => ({ ...JSON.parse(text), files: null });
    expect(without(stdout)).toEqual(without(plain));
  });

  test('shows rank, cause, share with interval, severity, priority, layer, a quote, the funnel and next steps', () => {
    const { status, stdout } = culprit(['analyze', demo, '--no-out']);
    expect(status).toBe(0);
    for (const text of [
      'root cause',
      'share of failures',
      'refund_order',
      'account_id',
      'received',
      'sampled',
      'next',
    ])
      expect(stdout).toContain(text);
    expect(stdout).toMatch(/\d+(\.\d)?–\d+(\.\d)?%/);
  });

  test('lists the requested level and names the adjacent ones', () => {
    const args = ['analyze', demo, '--all', '--min-cluster-size', '2'];
    const { stdout } = culprit([...args, '--json', '--granularity', 'finest']);
    const { level, levels, clusters } = analysisSchema.parse(JSON.parse(stdout));
    expect(level).toBe(levels.length - 1);
    expect(clusters.map(({ id }) => id)).toEqual(levels.at(-1)?.clusters.map(({ id }) => id));
    const beside = levels.at(-2);
    const { stdout: list } = culprit([...args, '--no-out', '--granularity', 'finest']);
    expect(list).toContain(
      `broader: ${beside?.clusters.length} causes with --granularity ${beside?.granularity}\n`,
    );
    expect(list).not.toContain('narrower:');
    expect(culprit(['analyze', demo, '--granularity', 'huge'])).toMatchObject({ status: 1 });
  });

  test('skips a broken line, counts it and names the place', () => {
    const lines = demoText.split('\n');
    const broken = file(
      'broken.jsonl',
      [...lines.slice(0, 3), '{"resourceSpans": [', ...lines.slice(3)].join('\n'),
    );
    const { status, stdout } = culprit(['analyze', broken, '--json']);
    expect(status).toBe(0);
    const { problems, problemCount } = analysisSchema.parse(JSON.parse(stdout));
    expect(problemCount).toBe(1);
    expect(problems[0]).toMatchObject({ file: broken, line: 4 });
  });

  test('keeps control characters of traces out of the terminal', () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify({
        input: `\u001b[31mred ${index}\u001b]0;title\u0007`,
        output: 'bad',
        feedback: 'thumbs_down',
      }),
    );
    const { stdout } = culprit(['analyze', file('escape.jsonl', rows.join('\n')), '--no-out']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });

  test('applies a score rule', () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      JSON.stringify({
        input: `question ${index}`,
        output: 'answer',
        scores: { vibe: index / 30 },
      }),
    );
    const path = file('scores.jsonl', rows.join('\n'));
    const { stdout } = culprit(['analyze', path, '--score', 'vibe<0.5', '--json']);
    const { funnel } = analysisSchema.parse(JSON.parse(stdout));
    expect(funnel.find(({ name }) => name === 'failed')?.count).toBe(15);
  });

  test('runs a custom detector', () => {
    const detector = file(
      'shouting.mjs',
      `export default { id: 'shouting', detect: (run) => run.output === 'LOUD' && run.finding({
        cause: [], statement: 'The answer shouts', evidence: [run.quote('/output', 'LOUD')] }) };`,
    );
    const rows = Array.from({ length: 20 }, (_, index) =>
      JSON.stringify({ input: `q ${index}`, output: index % 2 === 0 ? 'LOUD' : 'calm' }),
    );
    const { stdout, stderr } = culprit([
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
  ])('$case: $status', ({ args, status, says }) => {
    const result = culprit(args);
    expect(result.stderr).toMatch(says);
    expect(result.stderr).not.toMatch(/\n {4}at /);
    expect(result.status).toBe(status);
    expect(result.stdout).toBe('');
  });

  test('works without a failed trace if all traces are requested', () => {
    const { status, stdout } = culprit([
      'analyze',
      file('healthy.jsonl', healthy),
      '--all',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(analysisSchema.parse(JSON.parse(stdout)).failures.length).toBe(10);
  });
});

test('culprit schema prints a JSON Schema with the documented fields', () => {
  const { stdout } = culprit(['schema']);
  const schema = JSON.parse(stdout) as { required: string[] };
  for (const field of ['version', 'funnel', 'options', 'clusters', 'failures'])
    expect(schema.required).toContain(field);
});
