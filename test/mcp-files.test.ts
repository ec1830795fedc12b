import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze, renderReport } from '../src/culprit.ts';
import { demoTraces } from './demo-suite.ts';
import { CLIENTS } from './mcp-clients.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-mcp-files-'));
const { connect } = CLIENTS[1];
const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');

const serve = (...args: readonly string[]) => connect({ kind: 'stdio', args, cwd: folder });

/** A report that says that it was made by this command. */
const reportMadeWith = async (files: readonly string[], flags: readonly string[]) =>
  renderReport(
    (await analyze(new TextEncoder().encode(demoTraces()), { command: { files, flags } })).report,
  );

beforeAll(async () => {
  writeFileSync(join(folder, 'traces.jsonl'), demoTraces());
  await runCulprit(['analyze', 'traces.jsonl', '--step-budget', '7'], { cwd: folder });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('without files, the report in the folder is read, and again when it has changed', async () => {
  const client = await serve();
  const before = await client.call('overview');
  expect(before.text).toContain('refund_order');
  const path = join(folder, 'culprit-report.html');
  writeFileSync(path, 'no report');
  utimesSync(path, new Date(0), new Date(0));
  expect(await client.call('overview')).toMatchObject({ isError: true });
  rmSync(path);
  expect((await client.call('overview')).text).toContain('run culprit analyze traces.jsonl');
  await runCulprit(['analyze', 'traces.jsonl', '--step-budget', '7'], { cwd: folder });
  expect((await client.call('overview')).text).toBe(before.text);
  await client.close();
});

test('promote and diff use the files and options of the report', { timeout: 60_000 }, async () => {
  const client = await serve('culprit-report.html', '--suite', 'made/');
  const promoted = await client.call('promote', { cause: '1' });
  expect(promoted.structured).toMatchObject({ guards: 3, written: 'a new suite of the cause' });
  expect(promoted.structured['next']).toMatchObject({ tool: 'verify' });
  const { structured } = await client.call('get_cause', { cause: '1' });
  expect(structured).toMatchObject({ suite: expect.stringMatching(/^made\/.*\.yaml$/) });
  const compared = await client.call('diff', { from: 'support-v3', to: 'support-v4' });
  expect(compared.structured).toMatchObject({ before: { name: { recorded: 'support-v3' } } });
  expect((await client.call('verify')).text).toContain('no target is named');
  await client.close();
});

test('an analysis alone has causes, and says what it has not', async () => {
  const { stdout } = await runCulprit(['analyze', 'traces.jsonl', '--json'], { cwd: folder });
  writeFileSync(join(folder, 'analysis.json'), stdout);
  const client = await serve('analysis.json');
  expect((await client.call('list_causes')).structured).toMatchObject({ total: 4 });
  const found = await client.call('get_cause', { cause: '1' });
  // The traces that it was made from are beside it.
  expect(found.text).toContain('You are Nora, the support agent');
  expect((await client.call('query', { groupBy: ['cause'] })).isError).toBe(false);
  await client.close();
});

test.each([
  ['code', ['traces.jsonl'], ['--detector', './evil.mjs']],
  ['an endpoint', ['traces.jsonl'], ['--judge', 'openai:x', '--base-url', 'http://127.0.0.1:9']],
  ['an option for a file', ['--detector=./evil.mjs'], []],
])('a report that names %s is not followed', { timeout: 60_000 }, async (_, files, flags) => {
  writeFileSync(
    join(folder, 'evil.mjs'),
    `import { writeFileSync } from 'node:fs';
writeFileSync('${join(folder, 'evil.txt')}', '');`,
  );
  writeFileSync(join(folder, 'foreign.html'), await reportMadeWith(files, flags));
  const client = await serve('foreign.html');
  for (const tool of ['promote', 'diff']) {
    const { isError, text } = await client.call(tool, tool === 'promote' ? { cause: '1' } : {});
    expect(isError).toBe(true);
    expect(text).toContain('a person runs culprit promote');
  }
  expect(readdirSync(folder)).not.toContain('evil.txt');
  await client.close();
});

test('--read-only leaves out what writes or runs', async () => {
  const client = await serve('traces.jsonl', '--read-only');
  const names = (await client.tools()).map(({ name }) => name);
  for (const name of ['propose', 'promote', 'verify']) expect(names).not.toContain(name);
  expect(names).toContain('get_cause');
  await client.close();
});

test.each([
  [['traces.jsonl', '--server', 'http://127.0.0.1:1'], 'two sources'],
  [['--project', 'shop'], '--project has no effect without --server'],
  [['--rate', '5'], '--rate has no effect without --target'],
  [['--read-only', '--target', './agent.mjs'], '--target has no effect with --read-only'],
  [['absent.jsonl'], 'absent.jsonl: cannot be read'],
])('culprit mcp %j is refused', async (args, message) => {
  const { status, stdout, stderr } = await runCulprit(['mcp', ...args], { cwd: folder });
  expect(status).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});

test.each(['the client goes', 'SIGTERM'])(
  'while it analyzes, %s: it ends what runs and leaves nothing behind',
  { timeout: 60_000 },
  async (how) => {
    const temporary = mkdtempSync(join(tmpdir(), 'culprit-mcp-end-'));
    const child = spawn(process.execPath, [MAIN, 'mcp', 'traces.jsonl'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: temporary },
    });
    const about = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    };
    const send = (message: object): void => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    };
    send({ id: 1, method: 'initialize', params: about });
    await once(child.stdout, 'data');
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: 'overview', arguments: {} } });
    const children = `/proc/${child.pid}/task/${child.pid}/children`;
    await expect.poll(() => readFileSync(children, 'utf8'), { timeout: 30_000 }).toMatch(/\d/);
    const analysis = readFileSync(children, 'utf8').trim();
    if (how === 'SIGTERM') child.kill('SIGTERM');
    else child.stdin.end();
    await once(child, 'exit');
    await expect
      .poll(() => existsSync(`/proc/${analysis}/cmdline`), { timeout: 30_000 })
      .toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
  },
);
