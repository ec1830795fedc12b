import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Schemas } from '../src/client/client.ts';
import type { Alert } from '../src/contract/alert.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
/** Some of every day, with both versions. */
const lines = bytes
  .toString()
  .split('\n')
  .filter(Boolean)
  .filter((_, at) => at % 6 === 0);

let server: TestServer;
const jumpTo = (time: string): void => server.jump(Date.parse(time) - server.now());
const answer = async <Body>(path: string): Promise<Body> =>
  (await (await server.get(`/api/v1${path}`)).json()) as Body;
const listed = async <Item>(path: string): Promise<readonly Item[]> =>
  (await answer<{ items: readonly Item[] }>(path)).items;

beforeAll(async () => {
  server = await testServer();
  await server.workspace.ensureProject('default', 'default');
  // It begins to watch before the first trace, and looks again when both versions have run.
  jumpTo('2026-05-31T00:00:00Z');
  await server.watch();
  jumpTo('2026-06-12T20:00:00Z');
  const resourceSpans = lines.flatMap(
    (line) => (JSON.parse(line) as { resourceSpans: unknown[] }).resourceSpans,
  );
  expect((await server.post('/v1/traces', { resourceSpans })).status).toBe(200);
  await server.rest(600_000);
}, 120_000);
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

test('a new prompt version is compared by itself, once, and what it brought opens a session and tells who it may concern', async () => {
  await server.watch();
  const own = (all: readonly { readonly id: string }[]): readonly string[] =>
    all.map(({ id }) => id).filter((id) => id.startsWith('version-'));
  const [id = '', ...others] = own(await listed('/comparisons'));
  expect(others).toEqual([]);
  await vi.waitFor(
    async () => {
      expect(await answer<Schemas['Comparison']>(`/comparisons/${id}`)).toMatchObject({
        state: 'done',
        by: '',
      });
    },
    { timeout: 60_000, interval: 50 },
  );
  server.jump(300_000);
  await server.watch();
  server.jump(300_000);
  await server.watch();
  expect(own(await listed('/comparisons'))).toEqual([id]);
  expect(own(await listed('/sessions'))).toEqual([id]);
  const session = await answer<Schemas['Session']>(`/sessions/${id}`);
  expect(session.name).toBe('support-v4 after support-v3, production');
  expect(session.agenda.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Grown: Expected JSON, got JSON wrapped in prose \(0 → \d+ per 1,000/),
    expect.stringMatching(/^Grown: The answer refuses a harmless request \(0 → \d+ per 1,000/),
    expect.stringMatching(/^Read the prompt `.+`: support-v3 → support-v4, \+\d+ −\d+ lines$/),
  ]);
  expect(session.notes).toMatch(/\+ .*JSON/);
  const incidents = await listed<{ readonly alert: Alert }>('/incidents');
  const [incident, ...more] = incidents.filter(({ alert }) => alert.watcher.of.kind === 'versions');
  expect(more).toEqual([]);
  expect(incident?.alert.headline).toMatch(/^support-v4 after support-v3, production: “/);
  expect(incident?.alert.causes.length).toBeGreaterThan(0);
}, 120_000);

test('the page of versions: traffic, pass rates and what the new one changed', async () => {
  await server.post('/api/v1/deploys', {
    ...{ at: '2026-06-06T12:00:00Z', promptVersion: 'support-v4', environment: 'production' },
  });
  const page = await answer<Schemas['Versions']>('/versions?environment=production');
  expect(page).toMatchObject({ by: 'promptVersion', unit: 'day', prompt: null });
  const rows = [...server.store.rows.traces.values()];
  expect(page.versions.map(({ value, traces }) => [value, traces])).toEqual(
    ['support-v3', 'support-v4'].map((version) => [
      version,
      rows.filter(({ promptVersion }) => promptVersion === version).length,
    ]),
  );
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  for (const { traffic, traces } of page.versions) expect(sum(traffic)).toBe(traces);
  expect(page.starts).toHaveLength(12);
  expect(page.releases).toContainEqual(
    expect.objectContaining({ value: 'support-v4', time: Date.parse('2026-06-06T12:00:00Z') }),
  );
  for (const { detector, cells } of page.detectors)
    expect(cells.map(({ found }) => found)).toEqual(
      page.versions.map(
        ({ value }) =>
          rows.filter(
            ({ promptVersion, signals, eligible }) =>
              eligible && promptVersion === value && signals.includes(detector),
          ).length,
      ),
    );
  expect(page.detectors.length).toBeGreaterThan(1);
  const [v4, ...others] = page.checks;
  expect(others.map(({ state }) => state)).not.toContain('done');
  expect(v4).toMatchObject({
    ...{ value: 'support-v4', from: 'support-v3', state: 'done', environment: 'production' },
    sides: { by: 'promptVersion', from: 'support-v3', to: 'support-v4', environment: 'production' },
    grown: [{ state: 'grown' }, { state: 'grown' }],
  });
  expect(await answer<Schemas['Versions']>('/versions?by=release')).toMatchObject({
    ...{ by: 'release', checks: [] },
  });
});

test.runIf(chromiumPath !== null)(
  'the page shows them, leads to their comparison by keyboard, and is right at any width and theme',
  async () => {
    const browser = await launch();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${server.url}/p/default/versions`);
      await page.getByText('What new versions changed').waitFor();
      expect(await page.locator('h1').textContent()).toMatch(
        /^2 prompt versions; support-v4 has 75% of the traffic now$/,
      );
      await page.getByText('2 causes new or grown').waitFor();
      for (const [width, theme] of [
        [1280, 'light'],
        [390, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: theme });
        if (process.env['SCREENSHOTS'])
          await page.screenshot({
            path: `${process.env['SCREENSHOTS']}/versions-${width}.png`,
            fullPage: true,
          });
        expect(await brokenRules(page)).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wide).toBe(false);
      }
      await page.locator('h1').focus();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/compare?by=promptVersion&from=support-v3&to=support-v4');
    } finally {
      await browser.close();
    }
  },
  120_000,
);
