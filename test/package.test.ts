import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { publint } from 'publint';
import { beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'culprit-package-'));
const consumer = join(folder, 'consumer');
mkdirSync(consumer);
let tarball = '';

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (command: string, args: readonly string[], cwd: string): Result =>
  spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });

/** Runs a command that must succeed. */
function must(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = run(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** The examples of docs/api.md with their output. */
const examples = [
  ...readFileSync(join(root, 'docs/api.md'), 'utf8').matchAll(
    /```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g,
  ),
].map(([, code = '', printed = ''], index) => ({ name: `example-${index + 1}`, code, printed }));

beforeAll(() => {
  must(bin('tsc'), ['-b'], root);
  must(process.execPath, ['scripts/build-entries.ts'], root);
  must('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root);
  tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module", "private": true }');
  must(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', `../${tarball}`],
    consumer,
  );
  for (const { name, code } of examples) writeFileSync(join(consumer, `${name}.ts`), code);
  writeFileSync(join(consumer, 'entry-points.ts'), ENTRY_POINTS);
}, 120_000);

/** Covers what the examples do not use: the other entry points, and every type by name. */
const ENTRY_POINTS = `
import type { Analysis, Category, Detector, Embedder, Evidence, Judge, Signal, Trace } from 'culprit';
import { type CatalogEntry, type CheckedTrace, type CheckOptions, type CheckRecord, checkCatalog, runChecks } from 'culprit/checks';
import { ApiError, type CulpritClient, culpritClient, type Schemas } from 'culprit/client';
import { ANALYSIS_VERSION, analysisSchema } from 'culprit/contract';
import { hdbscan } from 'culprit/numeric';

export type All = [Analysis, Category, Detector, Embedder, Evidence, Judge, Signal, Trace];
export const read = (json: unknown): Analysis => analysisSchema.parse(json);
export const version: Analysis['version'] = ANALYSIS_VERSION;
const { labels } = hdbscan(Float32Array.of(0, 0.1, 0.2, 9, 9.1, 9.2), {
  dimensions: 1,
  minClusterSize: 2,
});
console.log(labels.join(' '));
export type Checks = [CatalogEntry, CheckedTrace, CheckOptions, CheckRecord];
export const check = runChecks;
console.log(checkCatalog().length > 100);

export type Answers = [CulpritClient, Schemas['Cluster'], ApiError];
export async function titles(): Promise<readonly string[]> {
  const culprit = culpritClient({ url: 'http://127.0.0.1:7117', key: 'a key' });
  const { causes } = await culprit('GET /causes');
  const { trace } = await culprit('GET /traces/{id}', { path: { id: 'a' } });
  return [...causes.map(({ title }) => title), ...trace.spans.map(({ name }) => name)];
}
`;

describe('the packed package, installed in an empty folder', () => {
  test('has no packaging mistakes', async () => {
    const bytes = readFileSync(join(folder, tarball));
    const { messages } = await publint({
      strict: true,
      pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
    });
    expect(messages).toEqual([]);
  });

  test.each([
    // Both read the same declarations, so one run looks into them.
    { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: false },
    { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true },
  ])('type-checks strictly with $moduleResolution', (options) => {
    const config = {
      compilerOptions: {
        ...options,
        target: 'es2024',
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        typeRoots: [join(root, 'node_modules/@types')],
        types: ['node'],
      },
      include: ['*.ts'],
    };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(config));
    expect(run(bin('tsc'), ['-p', '.'], consumer)).toMatchObject({ status: 0, stdout: '' });
  });

  test('exports its entry points', () => {
    expect(must(process.execPath, ['entry-points.ts'], consumer)).toBe('0 0 0 1 1 1\ntrue\n');
  });

  test('has examples in its documentation', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples)('prints what docs/api.md says: $name', ({ name, printed }) => {
    expect(must(process.execPath, [`${name}.ts`], consumer)).toBe(printed);
  });

  test('loads few files before it begins: an analysis of the demo', () => {
    const listing = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });`;
    const main = join(consumer, 'node_modules/culprit/dist/cli/main.js');
    const { status, stdout, stderr } = run(
      process.execPath,
      [
        ...['--import', `data:text/javascript,${encodeURIComponent(listing)}`],
        ...[main, 'demo', '--no-out'],
      ],
      consumer,
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('refund_order'),
    });
    const files = stderr.split('\n').filter((url) => url.startsWith('file:'));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((url) => url.includes('/culprit/dist/')).length).toBeLessThan(70);
    expect(files.length).toBeLessThan(220);
  });

  test('brings what only the server needs, without installing its packages', () => {
    const load =
      "await import('./node_modules/culprit/dist/server/server.js'); console.log('loaded')";
    expect(must(process.execPath, ['--input-type=module', '-e', load], consumer)).toBe('loaded\n');
    expect(readdirSync(join(consumer, 'node_modules'))).not.toContain('hono');
  });

  test('brings AGENTS.md, and a plugin of the same version', () => {
    const inside = (path: string): string =>
      readFileSync(join(consumer, 'node_modules/culprit', path), 'utf8');
    const { version } = JSON.parse(inside('package.json'));
    expect(JSON.parse(inside('plugin/.claude-plugin/plugin.json'))).toMatchObject({
      name: 'culprit',
      version,
    });
    expect(JSON.parse(inside('plugin/.mcp.json'))).toEqual({
      mcpServers: { culprit: { command: 'culprit', args: ['mcp'] } },
    });
    expect(inside('AGENTS.md')).toContain('culprit analyze');
    for (const name of readdirSync(join(consumer, 'node_modules/culprit/plugin/skills')))
      expect(inside(`plugin/skills/${name}/SKILL.md`)).toMatch(
        new RegExp(`^---\\nname: ${name}\\ndescription: .{50,1024}\\n`),
      );
  });

  test('serves coding agents, without installing the packages of the protocol', async () => {
    const client = new Client({ name: 'a test', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: 'npx', args: ['culprit', 'mcp'], cwd: consumer }),
    );
    expect((await client.listTools()).tools).toHaveLength(10);
    const { content, isError } = await client.callTool({ name: 'overview', arguments: {} });
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).toContain('culprit analyze traces.jsonl');
    await client.close();
    expect(readdirSync(join(consumer, 'node_modules'))).not.toContain('@modelcontextprotocol');
  });

  test('runs as a command', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(must('npx', ['culprit', '--version'], consumer)).toBe(`${version}\n`);
  });
});
