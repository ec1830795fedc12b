import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Schemas } from '../src/client/client.ts';
import { labelEndpoint } from '../src/llm/call/label-endpoint.ts';
import { judgeEndpoint } from '../src/llm/judge/judge-endpoint.ts';
import { startThread } from '../src/platform/thread.ts';
import { analyzeStored } from '../src/server/analysis/analyze-stored.ts';
import type { RunningServer } from '../src/server/running-server.ts';
import { startServer } from '../src/server/start-server.ts';
import { suiteWorkHere } from '../src/server/suites/suite-work.ts';
import type { TelemetryStore } from '../src/store/telemetry/telemetry.ts';
import { openWorkspace, type Workspace } from '../src/store/workspace/workspace.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';
import { describeStore, START_MS, type TestStore, testStore } from './store/test-store.ts';

const HOUR = 3_600_000;
const project = 'default';
const REFUSAL = 'I am sorry, but I cannot help with that.';
const soon = { timeout: 60_000, interval: 100 };

/** Pages that show figures of the traffic say that they are of two versions. */
async function expectNote(url: string): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    for (const path of ['/', '/versions', '/watch']) {
      await page.goto(`${url}/p/default${path}`);
      await page
        .getByText(/^\d+ of 500 traces were judged by another version: they are being judged/)
        .waitFor();
      expect(await brokenRules(page)).toEqual([]);
    }
  } finally {
    await browser.close();
  }
}

describeStore('stored traces after an upgrade', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-backfill-'));
  const errors: unknown[] = [];
  let passed = 0;
  const clock = (): number => Date.now() + passed;
  let opened: TestStore;
  let workspace: Workspace | null = null;
  beforeAll(async () => {
    opened = await testStore();
  }, START_MS);
  afterAll(async () => {
    await workspace?.close();
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }, START_MS);

  /** A process, once the one before has ended. */
  const start = async (
    version: string,
    store: TelemetryStore = opened.store,
  ): Promise<RunningServer> => {
    await workspace?.close();
    workspace = await openWorkspace({ folder });
    return await startServer(
      { host: '127.0.0.1', ports: [0], tick: null, analyze: null },
      {
        ...{ store, workspace, spawn: startThread, analyze: analyzeStored, clock, timer: clock },
        ...{
          openEndpoint: judgeEndpoint,
          openLabel: labelEndpoint,
          suiteWork: suiteWorkHere,
          freeBytes: null,
          version,
        },
        spoolFolder: join(folder, `open-${version}`),
        suiteFolder: join(folder, 'suites'),
        onError: (error) => errors.push(error),
      },
    );
  };

  const idOf = (nth: number): string => nth.toString(16).padStart(32, '0');
  const send = async (
    { urls: [url] }: RunningServer,
    spans: readonly object[],
  ): Promise<Response> =>
    await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    });
  /** The root of a trace; every third refuses. */
  const root = (nth: number): object => ({
    ...{ traceId: idOf(nth), spanId: idOf(nth).slice(16), name: 'ask' },
    startTimeUnixNano: `${clock()}000000`,
    endTimeUnixNano: `${clock() + 900}000000`,
    status: { code: 1 },
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'input.value', value: { stringValue: `Where is order ${nth}?` } },
      { key: 'output.value', value: { stringValue: nth % 3 === 0 ? REFUSAL : `Day ${nth}.` } },
    ],
  });
  const finish = async (server: RunningServer): Promise<void> => {
    passed += HOUR;
    await server.tick();
  };
  const asked = async <Answer>({ urls: [url] }: RunningServer, path: string): Promise<Answer> =>
    (await (await fetch(`${url}/api/v1${path}`)).json()) as Answer;
  const mixed = async (server: RunningServer) =>
    (await asked<{ mixed: Schemas['MixedVersions'] | null }>(server, '/status')).mixed;
  /** What the last backfill says of itself. */
  const job = async (server: RunningServer) =>
    (await asked<{ items: Schemas['Job'][] }>(server, '/jobs')).items.find(
      ({ kind }) => kind === 'backfill',
    );

  test('all are judged again beside what arrives, also where the first process ends midway', async () => {
    const first = await start('1.0.0');
    await send(
      first,
      Array.from({ length: 500 }, (_, nth) => root(nth + 1)),
    );
    await finish(first);
    const analyzed = await fetch(`${first.urls[0]}/api/v1/analyses?wait=true`, { method: 'POST' });
    expect(await analyzed.json()).toMatchObject({ state: 'done' });
    expect(await opened.store.count({ project })).toBe(500);
    expect(await mixed(first)).toBe(null);
    const failures = await opened.store.failuresByCause({ project }, null);
    expect(failures).toMatchObject([{ cause: expect.stringMatching(/./), failures: 166 }]);
    await first.close();

    // The next version reads the first batch, and is ended while it waits for the second.
    let shares = 0;
    let end: (reason: Error) => void = () => {};
    const isEnded = new Promise<never>((_, reject) => {
      end = reject;
    });
    isEnded.catch(() => {});
    const upgraded = await start('1.1.0', {
      ...opened.store,
      async *shares(...given) {
        if (shares++ > 0) await isEnded;
        yield* opened.store.shares(...given);
      },
    });
    void upgraded.backfill().catch(() => {});
    await vi.waitFor(() => expect(shares).toBe(2), soon);
    for (const path of ['/status', '/causes', '/analyses/latest', '/versions'])
      expect(await asked(upgraded, path)).toMatchObject({
        mixed: { older: expect.any(Number), traces: 500, isRunning: true },
      });
    expect(await job(upgraded)).toMatchObject({ state: 'running' });
    if (chromiumPath !== null) await expectNote(upgraded.urls[0] ?? '');
    // A trace that is new, and late spans of one that was judged again and of one that was not.
    await send(upgraded, [root(900)]);
    for (const nth of [1, 480])
      await send(upgraded, [
        { ...root(nth), spanId: idOf(nth + 5000).slice(16), parentSpanId: idOf(nth).slice(16) },
      ]);
    await finish(upgraded);
    expect(await opened.store.count({ project })).toBe(501);
    const current = (await workspace!.backfills.latest(project))!.judgedBy;
    expect(current).toMatch(/^1\.1\.0 ./);
    expect(await opened.store.judgedByOthers(project, current)).toBe(299);
    await workspace!.jobs.stop();
    end(new Error('the process is gone'));
    await upgraded.close();

    const next = await start('1.1.0');
    await vi.waitFor(async () => expect(await job(next)).toMatchObject({ state: 'done' }), soon);
    expect(await opened.store.judgedByOthers(project, current)).toBe(0);
    expect(await mixed(next)).toBe(null);
    for (const nth of [1, 480])
      expect(await opened.store.traceOf(project, idOf(nth))).toMatchObject({
        ...{ version: 2, spanCount: 2, detectorVersion: current },
      });
    // A verdict that is the same is not written again, and yet is one of the new version.
    expect(await opened.store.traceOf(project, idOf(2))).toMatchObject({
      detectorVersion: '1.0.0',
    });
    for (const nth of [1, 2, 3, 900]) {
      const { judgedBy } = await asked<{ judgedBy: string }>(next, `/traces/${idOf(nth)}`);
      expect(judgedBy).toBe(current);
    }
    // Causes are as they were, with the one that is new.
    expect(await opened.store.failuresByCause({ project }, null)).toEqual([
      { ...failures[0], failures: 167 },
    ]);
    await next.backfill();
    expect(await asked<{ items: Schemas['Job'][] }>(next, '/jobs')).toMatchObject({
      items: expect.toSatisfy(
        (items: Schemas['Job'][]) => items.filter(({ kind }) => kind === 'backfill').length === 2,
      ),
    });
    await next.close();
    expect(errors).toEqual([]);
  }, 180_000);
});
