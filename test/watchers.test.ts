import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Alert } from '../src/contract/alert.ts';
import { memoryTelemetry } from '../src/testing/memory-telemetry.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { STRETCH } from '../src/watch/watch.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';
import { runCulprit } from './run-culprit.ts';
import { traceRow } from './store/sample-rows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const store = memoryTelemetry();
let server: TestServer;
let url: string;

/** Traces of five minutes of each hour: 30 an hour, of which so many fail; scores are 0.9 and 0.5 where they fail. */
async function traffic(from: number, to: number, failing: number): Promise<void> {
  const traces = [];
  for (let hour = from; hour < to; hour += HOUR)
    for (let nth = 0; nth < 30; nth++) {
      const anchor = hour + nth * 1000;
      const failed = nth < failing;
      const scores = { quality: (failed ? 0.5 : 0.9) + ((nth % 3) - 1) / 100 };
      const id = { project: 'default', traceId: `t${anchor}`, anchor, start: anchor };
      traces.push(traceRow({ ...id, end: anchor + 900 + 100 * (nth % 3), failed, scores }));
    }
  await store.insert({ traces });
}

/** Messages that a channel got; the other channel is away. */
const received: Alert[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    received.push(JSON.parse(body) as Alert);
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const secret = Buffer.from('a secret of the tests alone').toString('base64');
  const operator = {
    channels: {
      away: { kind: 'slack', url: 'http://127.0.0.1:1/' },
      team: { kind: 'webhook', url: `http://127.0.0.1:${port}/`, secret },
    },
    judges: { short: { kind: 'check', check: 'length', params: { max: 20 } } },
    guards: {},
    labelModel: null,
    allowPrivateAddresses: true,
  } as const;
  server = await testServer({ address: 'https://culprit.example', operator }, store);
  url = `${server.url}/api/v1`;
  await server.workspace.ensureProject('default', 'default');
});
afterAll(async () => {
  await server.close();
  receiver.close();
});

const items = async (path: string): Promise<readonly Record<string, unknown>[]> => {
  const response = await fetch(`${url}${path}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: Record<string, unknown>[] }).items;
};
const stateOf = async (id: string): Promise<unknown> =>
  (await items('/watchers')).find((each) => each['id'] === id)?.['state'];

test('a project is watched without being asked to, and its incidents open and end', async () => {
  const start = Math.floor(server.now() / HOUR) * HOUR - 20 * DAY;
  const now = (): number => server.now();
  await traffic(start, now() - HOUR, 3);
  await server.watch();
  expect(await items('/watchers')).toMatchObject(
    [
      ...['cost', 'failures', 'latency', 'novelty', 'prompt-versions', 'releases'],
      ...['score-quality', 'sources', 'traffic'],
    ].map((id) => ({ id })),
  );
  expect(await stateOf('failures')).toBe('ok');
  // What was before it began to watch is nobody's news.
  expect(await items('/incidents')).toEqual([]);

  const broken = Math.ceil(now() / HOUR) * HOUR;
  await traffic(broken, broken + 12 * HOUR, 20);
  const wait = async (hours: number): Promise<void> => {
    for (let passed = 0; passed < hours * HOUR; passed += HOUR) {
      await server.rest(HOUR);
      await server.watch();
    }
  };
  await wait(8);
  expect(await stateOf('failures')).toBe('alert');
  const found = await items('/incidents');
  const failures = found.find((each) => each['watcher'] === 'failures');
  expect(failures).toMatchObject({
    ended: null,
    alert: {
      kind: 'opened',
      headline: expect.stringMatching(/^\d+% of the traces fail, usually 10%$/),
      next: expect.stringContaining('culprit analyze --from https://culprit.example'),
      url: 'https://culprit.example/p/default/watch',
      traces: [expect.any(String), expect.any(String), expect.any(String)],
    },
  });

  await traffic(broken + 12 * HOUR, broken + 40 * HOUR, 3);
  await wait(30);
  const later = (await items('/incidents')).find((each) => each['watcher'] === 'failures');
  expect(later).toMatchObject({
    end: 'resolved',
    alert: { kind: 'resolved', headline: '10% of the traces fail again, as usual (10%)' },
  });
  expect(await items('/sessions')).toContainEqual(
    expect.objectContaining({
      id: `incident-${String(later?.['id'])}`,
      agenda: [{ text: expect.stringMatching(/ of the traces fail, usually 10%$/), isDone: false }],
    }),
  );
  const told = received.filter(({ watcher }) => watcher.id === 'failures');
  expect(told.map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
  expect(await items('/deliveries')).toContainEqual(
    expect.objectContaining({
      ...{ channel: 'away', state: 'dead', attempts: 6 },
      error: expect.stringContaining('ECONNREFUSED'),
    }),
  );
  expect(server.errors).toEqual([]);
});

test.runIf(chromiumPath !== null)(
  'the page shows what is watched, and a watcher is made by keyboard',
  async () => {
    const browser = await launch();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${server.url}/p/default/watch`);
      await page.getByRole('heading', { name: 'Before' }).waitFor();
      await page.keyboard.press('n');
      const dialog = page.getByRole('dialog', { name: 'New watcher' });
      await page.keyboard.type('Failures of everything');
      await dialog.getByText(/It would have opened 1 incident within the last 30 days/).waitFor();
      expect(await brokenRules(page)).toEqual([]);
      await page.keyboard.press('Enter');
      const row = page.getByRole('row', { name: /Failures of everything/ });
      await row.getByText('learning').waitFor();
      await page.getByRole('button', { name: 'Failures', exact: true }).press('Enter');
      await page.locator('.past-line').waitFor();
      for (const [width, theme] of [
        [1280, 'light'],
        [390, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: theme });
        expect(await brokenRules(page)).toEqual([]);
      }
      await page.getByRole('button', { name: 'New schedule' }).press('Enter');
      const schedule = page.getByRole('dialog', { name: 'New schedule' });
      await schedule.getByLabel('When').waitFor();
      expect(await brokenRules(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByText(/0 9 \* \* 1 .*, next /).waitFor();
      await page.getByRole('button', { name: 'Use short' }).press('Enter');
      const judge = page.getByRole('dialog', { name: 'Judge short' });
      await judge.getByLabel('Share of the finished traces, in percent').fill('25');
      expect(await brokenRules(page)).toEqual([]);
      await page.keyboard.press('Enter');
      const used = page.getByRole('row', { name: /short check length/ });
      await used.getByText('25% of the traces').waitFor();
      await used.getByRole('button', { name: 'Pause short' }).press('Enter');
      await used.getByText('paused', { exact: true }).waitFor();
      expect(await brokenRules(page)).toEqual([]);
      await used.getByRole('button', { name: 'Remove short' }).press('Enter');
      await page.getByRole('button', { name: 'Use short' }).waitFor();
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await row.getByRole('button', { name: /^Remove/ }).click();
      await row.waitFor({ state: 'detached' });
    } finally {
      await browser.close();
    }
  },
  120_000,
);

test('a preview says which incidents there would have been', async () => {
  const settings = { name: 'Failures', of: { kind: 'failures' } };
  const response = await server.post('/api/v1/watchers/preview', settings);
  const past = (await response.json()) as { incidents: object[]; hours: object[] };
  expect(past.incidents).toMatchObject([{ end: 'resolved', usual: expect.closeTo(0.1, 2) }]);
  expect(past.hours).toHaveLength(30 * 24);
});

test('a deploy is recorded from the command line', async () => {
  const given = ['--release', 'v42', '--environment', 'production', '--server', server.url];
  const { status, stdout } = await runCulprit(['deploy', ...given], { cwd: tmpdir() });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^recorded: v42 live since 20/)]);
  expect((await items('/deploys'))[0]).toMatchObject({ release: 'v42', environment: 'production' });
  const nothing = await runCulprit(['deploy', '--server', server.url], { cwd: tmpdir() });
  expect(nothing.stderr).toContain('name a --release, a --prompt-version or a --model');
  const when = await runCulprit(['deploy', '--model', 'm', '--at', 'noon'], { cwd: tmpdir() });
  expect(when.stderr).toContain('give a time such as 2026-11-30T12:00:00Z');
});

test('the step of GitHub Actions records what went live', async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/watch.md'), 'utf8');
  const [, text = ''] = /A step of GitHub Actions:\n\n```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const [step] = parse(text) as [{ readonly run: string; readonly env: Record<string, string> }];
  expect(Object.keys(step.env).toSorted()).toEqual(['CULPRIT_API_KEY', 'CULPRIT_URL']);
  // The shell takes the line apart; `npx culprit` is what it runs.
  const echo = 'npx() { printf "%s\\n" "$@"; }';
  const env = { ...process.env, GITHUB_SHA: 'abc 123' };
  const { stdout } = spawnSync('bash', ['-e', '-c', `${echo}\n${step.run}`], { env });
  const [command, ...words] = stdout.toString().trim().split('\n');
  expect(command).toBe('culprit');
  const { status } = await runCulprit(words, { cwd: tmpdir(), env: { CULPRIT_URL: server.url } });
  expect(status).toBe(0);
  const [deploy] = await items('/deploys');
  expect(deploy).toMatchObject({ release: 'abc 123', environment: 'production' });
});

test('watchers are changed one by one and as a file; what has no effect is refused', async () => {
  const put = (id: string, body: object): Promise<Response> =>
    fetch(`${url}/watchers/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const cost = { name: 'Cost of checkout', of: { kind: 'cost' }, where: { tenant: 'checkout' } };
  expect((await put('checkout-cost', cost)).status).toBe(200);
  for (const wrong of [
    { ...cost, method: 'binomial' },
    { ...cost, thresholds: { short: 4, long: 3 } },
    { ...cost, channels: ['pager'] },
    { ...cost, of: { kind: 'weather' } },
    { ...cost, colour: 'red' },
    { name: 'New', of: { kind: 'versions', by: 'release', floor: 99 } },
    { name: 'New', of: { kind: 'versions', by: 'release' }, where: { release: 'v1' } },
  ]) {
    const response = await put('wrong', wrong);
    expect([400, 422]).toContain(response.status);
    expect(response.headers.get('content-type')).toContain('problem+json');
  }
  const file = await (await fetch(`${url}/watchers.yaml`)).text();
  expect(file).toContain('checkout-cost:\n    name: Cost of checkout\n    of:\n      kind: cost\n');
  const write = (body: string): Promise<Response> =>
    fetch(`${url}/watchers.yaml`, {
      method: 'PUT',
      headers: { 'content-type': 'application/yaml' },
      body,
    });
  expect((await write(file)).status).toBe(200);
  expect(await (await fetch(`${url}/watchers.yaml`)).text()).toBe(file);
  expect((await write('watchers: {Bad Name: {}}')).status).toBe(400);
  const short = 'watchers:\n  failures:\n    name: F\n    of: {kind: failures}\n';
  expect(await (await write(short)).json()).toEqual({ watchers: 1 });
  // What was removed does not come again by itself.
  await server.rest(STRETCH);
  await server.watch();
  expect((await items('/watchers')).map((each) => each['id'])).toEqual(['failures']);
  const gone = await fetch(`${url}/watchers/nowhere`, { method: 'DELETE' });
  expect(gone.status).toBe(404);
});

test('what the detectors of a new version find is no news while stored traces are of two', async () => {
  const now = (): number => server.now();
  const start = Math.ceil(now() / HOUR) * HOUR;
  await traffic(start, start + 9 * HOUR, 20);
  const upgrade = { judgedBy: '2.0.0 a', replaces: '1.0.0 a', traces: 9, older: 4, ended: null };
  await server.workspace.backfills.keep('default', upgrade);
  const incidents = async () =>
    (await items('/incidents')).filter((each) => each['watcher'] === 'failures');
  const before = await incidents();
  const wait = async (hours: number): Promise<void> => {
    for (let passed = 0; passed < hours; passed++) {
      await server.rest(HOUR);
      await server.watch();
    }
  };
  await wait(5);
  expect(await incidents()).toEqual(before);
  // Judged again, what was before fails as often.
  await traffic(start - 20 * DAY, start, 20);
  await server.workspace.backfills.keep('default', { ...upgrade, older: 0, ended: now() });
  await server.watch();
  expect(await incidents()).toEqual(before);
  // Another one that does not come to an end holds nothing up for more than six hours.
  await server.workspace.backfills.keep('default', upgrade);
  await traffic(start + 9 * HOUR, start + 24 * HOUR, 29);
  await wait(18);
  expect(await stateOf('failures')).toBe('alert');
});
