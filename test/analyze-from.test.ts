import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import type { Trace } from '../src/contract/trace.ts';
import { analyze, readTraces } from '../src/culprit.ts';
import { type Serving, serve } from '../src/server/server.ts';
import { runCulprit } from './run-culprit.ts';
import { describeStore } from './store/test-store.ts';

const demo = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);

describeStore('culprit analyze --from', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-from-'));
  const data = join(folder, 'data');
  const file = join(folder, 'traces.jsonl');
  let server: Serving;
  const errors: unknown[] = [];

  const culprit = async (...args: readonly string[]) => {
    const ended = await runCulprit(args, { cwd: folder });
    return { ...ended, json: ended.stdout === '' ? null : (JSON.parse(ended.stdout) as Analysis) };
  };
  const serving = (): Promise<Serving> =>
    serve({
      ...{ folder: data, clickhouse: null, postgres: null },
      ...{ host: '127.0.0.1', port: 0, otlpPort: 0, grpcPort: 0, load: null },
      onError: (error) => errors.push(error),
    });

  beforeAll(async () => {
    writeFileSync(file, demo.subarray(0, demo.indexOf('\n', 2_000_000) + 1));
    server = await serving();
    const imported = await runCulprit(['import', file, '--server', server.url], { cwd: folder });
    expect([imported.status, imported.stderr]).toEqual([0, '']);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  });

  /** Without what says where the traces were read from. */
  const same = ({ command: _, files: __, ...analysis }: Analysis): string =>
    JSON.stringify(analysis);

  test('a running server gives the same analysis, byte for byte, as the file', async () => {
    const fromFile = await culprit('analyze', file, '--json');
    const fromServer = await culprit('analyze', '--from', server.url, '--json');
    expect(fromServer.status).toBe(0);
    expect(fromFile.json?.clusters.length).toBeGreaterThan(2);
    expect(same(fromServer.json!)).toBe(same(fromFile.json!));
    expect(fromServer.json?.recorders).toMatchObject([
      { sdk: 'opentelemetry', traces: fromServer.json?.funnel[0]?.count },
    ]);
    expect(fromServer.json?.files).toMatchObject([{ name: server.url }]);
    expect(fromServer.json?.command).toEqual({ files: [], flags: ['--from', server.url] });
  }, 120_000);

  test('filters select what the same traces of the file are', async () => {
    const traces: Trace[] = [];
    for await (const trace of readTraces(file)) traces.push(trace);
    const { tenant } = traces.find((each) => each.tenant !== null)!;
    const times = traces.map(({ startTime }) => startTime!).sort((a, b) => a - b);
    const since = times[Math.floor(times.length / 4)]!;
    const chosen = traces.filter((each) => each.tenant === tenant && each.startTime! >= since);
    const { analysis } = await analyze(chosen);
    const { json } = await culprit(
      ...['analyze', '--from', server.url, '--json', '--tenant', tenant!],
      ...['--since', new Date(since).toISOString()],
    );
    const shown = ({ clusters, funnel }: Analysis) => ({
      funnel,
      clusters: clusters.map(({ id, title, population }) => ({ id, title, population })),
    });
    expect(shown(json!)).toEqual(shown(analysis));
    const none = await culprit('analyze', '--from', server.url, '--json', '--tenant', 'nobody');
    expect([none.status, none.stderr]).toEqual([
      13,
      expect.stringContaining('no stored traces in'),
    ]);
  }, 120_000);

  test('trend, tenants and promote read it too', async () => {
    const { json } = await culprit('trend', '--from', server.url, '--json');
    const file_ = await culprit('trend', file, '--json');
    expect(json).toEqual(file_.json);
    const table = await culprit('tenants', '--from', server.url, '--json');
    expect(table.json).toEqual((await culprit('tenants', file, '--json')).json);
    const promoted = await runCulprit(['promote', '--from', server.url, '--cause', '1'], {
      cwd: folder,
    });
    expect([promoted.status, promoted.stderr]).toEqual([0, '']);
    expect(promoted.stdout).toContain('guards');
  }, 120_000);

  test('a data folder is refused while a server has it open, and read once that is closed', async () => {
    const refused = await culprit('analyze', '--from', data, '--json');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('Give the address of its server');
    const fromServer = await culprit('analyze', '--from', server.url, '--json');
    await server.close();
    const fromFolder = await culprit('analyze', '--from', data, '--json');
    expect(fromFolder.status).toBe(0);
    expect(same(fromFolder.json!)).toBe(same(fromServer.json!));
    const away = await culprit('analyze', '--from', server.url, '--json');
    expect([away.status, away.stderr]).toEqual([22, expect.stringContaining('no answer from')]);
    // The folder is free again.
    server = await serving();
  }, 120_000);

  test.each([
    [['--from', 'http://127.0.0.1:1', 'traces.jsonl'], 'are two inputs: give one'],
    [['traces.jsonl', '--tenant', 'a'], '--tenant needs a store: name one with --from'],
    [['--from', 'http://127.0.0.1:1', '--map', 'input=a'], '--map has no effect with --from'],
    [['--from', 'http://127.0.0.1:1', '--since', 'monday'], '--since: give a date'],
    [['--from', 'nowhere'], 'nowhere is no data folder'],
    [[], 'name the files of traces, or where they are stored with --from'],
  ])('%j is refused: %s', async (args, why) => {
    const { status, stderr } = await culprit('analyze', '--json', ...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(why)]);
  });
});
