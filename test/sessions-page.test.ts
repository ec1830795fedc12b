import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { type Serving, serve } from '../src/server/server.ts';
import { isEngineInstalled } from '../src/store/telemetry/engine-process.ts';
import { isTooWide, type OpenedPage, openPage } from './app-page.ts';
import { brokenRules, chromiumPath, keyStrip, launch, tabTo } from './browser.ts';
import { methodByKeyboard } from './method-by-keyboard.ts';
import { runCulprit } from './run-culprit.ts';

const demo = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const PATIENT = { timeout: 60_000 };
const SELDOM = { ...PATIENT, interval: 2_500 };
const isHere = chromiumPath !== null && isEngineInstalled();
if (!isHere) console.warn('skipped: there is no Chromium or no chDB on this machine');

describe.skipIf(!isHere)('sessions and sources in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-sessions-page-'));
  const errors: unknown[] = [];
  let server: Serving;
  let browser: Browser;
  let port = 0;
  /** Ids of two sessions that are done. */
  const made: string[] = [];
  const serving = (): Promise<Serving> =>
    serve({
      ...{ folder: join(folder, 'data'), clickhouse: null, postgres: null },
      ...{ host: '127.0.0.1', port, otlpPort: 0, grpcPort: 0, load: null },
      onError: (error) => errors.push(error),
    });

  beforeAll(async () => {
    const file = join(folder, 'sent.jsonl');
    // Some of every other day, with both versions of the prompt.
    const lines = demo.toString().split('\n').filter(Boolean);
    writeFileSync(file, lines.filter((_, at) => at % 13 === 0).join('\n'));
    server = await serving();
    port = Number(new URL(server.url).port);
    const imported = await runCulprit(['import', file, '--server', server.url], { cwd: folder });
    expect(imported.stderr).toBe('');
    const call = async (path: string, body?: object): Promise<{ id: string; state: string }> => {
      const answer = await fetch(`${server.url}/api/v1/sessions${path}`, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      });
      return (await answer.json()) as { id: string; state: string };
    };
    for (const name of ['One', 'Other']) made.push((await call('', { name })).id);
    for (const id of made)
      await vi.waitFor(async () => expect((await call(`/${id}`)).state).toBe('done'), PATIENT);
    browser = await launch();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  }, 60_000);

  async function open(
    path: string,
    scheme: 'light' | 'dark' = 'light',
    width = 1280,
    project = 'default',
  ): Promise<OpenedPage> {
    const opened = await openPage(browser, server, `/p/${project}${path}`, scheme);
    await opened.page.setViewportSize({ width, height: 860 });
    return opened;
  }

  const settled = (page: Page): Promise<void> =>
    page.locator('.session-name .tag', { hasText: 'done' }).waitFor(PATIENT);

  test(
    'by keyboard alone: the whole method, from a file of traces to a suite',
    () => methodByKeyboard(browser, server, join(folder, 'sent.jsonl')),
    240_000,
  );

  test('by keyboard alone: begin with a filter, read the result, run it again beside, compare', async () => {
    const { page, complaints, close } = await open('/sessions');
    await page.keyboard.press('n');
    await page.locator('.session-form').waitFor(PATIENT);
    await page.locator('[data-counted="true"]').waitFor(PATIENT);
    const all = await page.locator('.session-counts dd').first().textContent();
    await tabTo(page, 'Tenant');
    await expect
      .poll(() => page.locator('select:focus option').count(), PATIENT)
      .toBeGreaterThan(1);
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.locator('.session-counts dd').first().textContent(), PATIENT)
      .not.toBe(all);
    const chosen = await page.locator('.session-counts dd').first().textContent();
    await tabTo(page, 'Name');
    await page.keyboard.type('One tenant');
    await tabTo(page, 'Agenda');
    await page.keyboard.type('Read five of the first cause');
    await tabTo(page, 'Begin');
    await page.keyboard.press('Enter');
    await settled(page);
    await page.locator('.causes').waitFor(PATIENT);
    expect(await page.locator('.session-head').textContent()).toContain(`${chosen} traces`);
    expect(await page.locator('.agenda').textContent()).toContain('Read five of the first cause');
    const first = page.url();

    await tabTo(page, 'Run again beside');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url(), PATIENT).not.toBe(first);
    await settled(page);
    expect(await page.locator('.session-name').textContent()).toContain('One tenant, again');
    expect(await page.locator('.agenda').textContent()).toContain('Read five of the first cause');

    await tabTo(page, 'Compare with');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'One tenant' }).first().waitFor(PATIENT);
    await page.keyboard.press('Enter');
    await page.locator('.compared-causes').waitFor(PATIENT);
    expect(await page.locator('.compared').textContent()).toContain('One tenant, again');
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);

  test('by keyboard alone: compare two versions, open what is new, come back by the address', async () => {
    const { page, complaints, close } = await open('/compare');
    const heading = (): Promise<string | null> => page.locator('h1').first().textContent();
    await page.getByRole('button', { name: 'Compare', exact: true }).waitFor(PATIENT);
    expect(await heading()).toBe('What changed from support-v3 to support-v4?');
    expect(await keyStrip(page), 'nothing is compared yet').toEqual(['v choose sides', 'Esc back']);
    await page.keyboard.press('v');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
    await tabTo(page, 'Compare');
    await page.keyboard.press('Enter');
    await page.locator('.changes').waitFor(PATIENT);
    const said = await heading();
    expect(said).toContain('support-v4');
    expect(await keyStrip(page)).toContain('jk next, previous cause');
    const address = page.url();
    expect(new URL(address).search).toBe('?by=promptVersion&from=support-v3&to=support-v4');
    expect(await page.locator('.definitions').textContent()).toContain(
      'Give the final answer as JSON',
    );
    await page.locator('h1').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.figures').waitFor(PATIENT);
    expect(page.url()).toMatch(/to=support-v4#c-/);
    await page.reload();
    await page.locator('.figures').waitFor(PATIENT);
    await page.keyboard.press('Escape');
    await page.locator('.changes').waitFor(PATIENT);
    expect(page.url()).toBe(`${address}#home`);
    expect(await heading()).toBe(said);
    const kept = await fetch(`${server.url}/api/v1/comparisons`);
    const { items } = (await kept.json()) as { items: readonly { state: string }[] };
    expect(items.map(({ state }) => state)).toEqual(['done']);
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);

  test('two times are compared on a thread of their own, and a comparison that waits is cancelled', async () => {
    interface Comparison {
      readonly id: string;
      readonly state: string;
      readonly headline: unknown;
    }
    const call = async (path: string, body?: object): Promise<Comparison> => {
      const answer = await fetch(`${server.url}/api/v1/comparisons${path}`, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      });
      return (await answer.json()) as Comparison;
    };
    const from = '2026-06-01T00:00:00Z/2026-06-06T00:00:00Z';
    const { id } = await call('', {
      by: 'time',
      from,
      to: '2026-06-06T00:00:00Z/2026-06-13T00:00:00Z',
    });
    const other = await call('', {
      by: 'time',
      from,
      to: '2026-06-06T00:00:00Z/2026-06-07T00:00:00Z',
    });
    expect(await call(`/${other.id}/cancel`, {})).toMatchObject({ state: 'cancelled' });
    await vi.waitFor(async () => expect((await call(`/${id}`)).state).toBe('done'), PATIENT);
    const { before, after } = (await (
      await fetch(`${server.url}/api/v1/comparisons/${id}/json`)
    ).json()) as Record<'before' | 'after', { name: string; traces: number; lastSeen: number }>;
    expect([before.name, after.name]).toEqual(['June 1–5, 2026', 'June 6–12, 2026']);
    expect(before.lastSeen).toBeLessThan(Date.parse('2026-06-06'));
    expect(Math.min(before.traces, after.traces)).toBeGreaterThan(50);
    expect((await call(`/${other.id}`)).state).toBe('cancelled');
  }, 120_000);

  test('by keyboard alone: a re-clustering proposes, a person accepts, and takes it back', async () => {
    const api = async <Answer>(path: string, body?: object): Promise<Answer> => {
      const answer = await fetch(`${server.url}/api/v1${path}`, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      });
      return (await answer.json()) as Answer;
    };
    await api('/analyses?wait=true', {});
    const { causes } = await api<{ causes: Analysis['clusters'] }>('/causes');
    const [first, second] = causes;
    const accepted = { kind: 'cause', subject: second?.id, field: 'proposal', value: 'accepted' };
    await api('/decisions', { action: 'accept', changes: [accepted] });
    const { page, complaints, close } = await open('/proposals');
    await page.getByText('Nobody has looked yet').waitFor(PATIENT);
    await page.keyboard.press('n');
    const card = page.locator('.card', { hasText: 'New:' }).first();
    await card.waitFor(PATIENT);
    expect(await card.textContent()).toContain(first?.title.replaceAll('`', ''));
    expect(await brokenRules(page)).toEqual([]);
    const decided = async (): Promise<readonly unknown[]> =>
      (await api<{ items: { subject: string; field: string }[] }>('/decisions')).items.filter(
        ({ subject, field }) => subject === first?.id && field === 'proposal',
      );
    await page.keyboard.press('a');
    await expect.poll(decided, PATIENT).toHaveLength(1);
    await page.getByText('No change of the causes is proposed').waitFor(PATIENT);
    await page.keyboard.press('u');
    await expect.poll(decided, PATIENT).toHaveLength(0);
    await card.waitFor(PATIENT);
    await page.keyboard.press('x');
    await page.getByText('No change of the causes is proposed').waitFor(PATIENT);
    await page.keyboard.press('u');
    await card.waitFor(PATIENT);
    await page.goto(`${server.url}/p/default`);
    await page.getByRole('link', { name: '1 proposed change of the causes' }).waitFor(PATIENT);
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);

  test('by keyboard alone: a customer gets the report of their traces, until the link is revoked', async () => {
    const { page, complaints, close } = await open('/tenants');
    await page.locator('.heat').waitFor(PATIENT);
    await page.keyboard.press('s');
    await page.getByLabel('Tenant', { exact: true }).waitFor(PATIENT);
    await page.keyboard.type('acme-outdoor');
    await page.keyboard.press('Enter');
    const link = page.locator('.paste-line');
    await link.waitFor(PATIENT);
    await page.getByText('works only here').waitFor(PATIENT);
    expect(await brokenRules(page)).toEqual([]);
    const address = (await link.textContent()) ?? '';
    await vi.waitFor(async () => expect((await fetch(address)).status).toBe(200), SELDOM);
    const guest = await (await browser.newContext()).newPage();
    guest.on('pageerror', (error) => complaints.push(error.message));
    await guest.goto(address);
    await guest.locator('.causes').waitFor(PATIENT);
    expect(await guest.content()).not.toContain('nordic-home');
    await page.getByRole('button', { name: 'Revoke the link of acme-outdoor' }).press('Enter');
    await page.getByText('revoked', { exact: true }).waitFor(PATIENT);
    await guest.reload();
    await guest.getByRole('heading', { name: 'This link shows nothing' }).waitFor(PATIENT);
    expect(await brokenRules(guest)).toEqual([]);
    await guest.context().close();
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);

  test.each(['light', 'dark'] as const)(
    'axe finds nothing on pages of sessions, %s',
    async (scheme) => {
      const [one, other] = made;
      const paths = [
        '/sessions',
        '/sessions/new',
        `/sessions/${one}`,
        `/sessions/${one}/map`,
        `/sessions/${one}/compare/${other}`,
        ...['/compare', '/compare?by=time', '/compare#map', '/tenants', '/proposals'],
      ];
      for (const width of [1280, 390]) {
        const { page, complaints, close } = await open('/sessions', scheme, width);
        for (const path of paths) {
          await page.goto(`${server.url}/p/default${path}`);
          await page.locator('h1').first().waitFor(PATIENT);
          await page
            .locator(
              '.causes, .sessions, .session-form, .treemap, .compared-causes, .changes, .sides, .change, .card',
            )
            .first()
            .waitFor(PATIENT);
          if (process.env['SCREENSHOTS'])
            await page.screenshot({
              path: `${process.env['SCREENSHOTS']}/${path.replaceAll(/\W+/g, '-').slice(0, 16)}-${path.split('/').length}-${path.split('/')[3] ?? ''}-${scheme}-${width}.png`,
              fullPage: true,
            });
          expect(await brokenRules(page), `${path} at ${width}`).toEqual([]);
          expect(await isTooWide(page), `${path} is wider than ${width}`).toBe(false);
        }
        expect(complaints).toEqual([]);
        await close();
      }
    },
    240_000,
  );

  test('a server that ends in the middle of a session goes on with it, and the page says so and follows', async () => {
    const { page, close } = await open('/sessions/new');
    await page.locator('input[name="name"]').fill('Cut off');
    await page.keyboard.press('Enter');
    await page.locator('.session-name').waitFor(PATIENT);
    await page.locator('input[aria-label="Add to the agenda"]').fill('kept through the end');
    await page.keyboard.press('Enter');
    await page.locator('.agenda', { hasText: 'kept through the end' }).waitFor(PATIENT);
    await server.close();
    await page.locator('.bar-note[data-kind="fail"]').waitFor(PATIENT);
    server = await serving();
    await settled(page);
    await page.locator('.bar-note[data-kind="fail"]').waitFor({ ...PATIENT, state: 'detached' });
    expect(await page.locator('.agenda').textContent()).toContain('kept through the end');
    await close();
  }, 240_000);

  test('files that are dropped are imported; a result is saved as HTML that opens offline, as Markdown and as JSON', async () => {
    const { page, complaints, close } = await open('/sessions');
    const line = demo.subarray(0, demo.indexOf('\n') + 1).toString();
    const files = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.jsonl'));
      return data;
    }, line);
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: files });
    await page.locator('.notice', { hasText: '1 file imported' }).waitFor(PATIENT);
    await page.locator('.sessions a', { hasText: 'Other' }).first().click();
    await settled(page);
    await page.locator('.cause-link').first().waitFor(PATIENT);
    const titles = await page.locator('.cause-link').allTextContents();
    const saved = async (form: string, ending: string): Promise<string> => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: form, exact: true }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(`Other.${ending}`);
      const kept = join(folder, `saved.${ending}`);
      await file.saveAs(kept);
      return kept;
    };
    expect(readFileSync(await saved('Markdown', 'md'), 'utf8')).toContain('| root cause |');
    const { clusters } = JSON.parse(readFileSync(await saved('JSON', 'json'), 'utf8')) as Analysis;
    expect(titles).toEqual(
      expect.arrayContaining(
        clusters.flatMap(({ title, rank }) => (rank === null ? [] : [title.replaceAll('`', '')])),
      ),
    );
    const html = await saved('HTML', 'html');
    expect(readFileSync(html, 'utf8')).toMatch(/Content-Security-Policy[^>]*default-src 'none'/);
    const offline = await browser.newContext({ offline: true });
    const report = await offline.newPage();
    const requests: string[] = [];
    report.on('request', (request) => requests.push(request.url()));
    report.on('pageerror', (error) => complaints.push(error.message));
    await report.goto(pathToFileURL(html).href);
    await report.locator('.cause-link').first().waitFor(PATIENT);
    expect(await report.locator('.cause-link').allTextContents()).toEqual(titles);
    expect(requests.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
    await offline.close();
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);

  test('sources show what their traces carry and lack, with lines that are whole at any width', async () => {
    const { page, complaints, close } = await open('/sources');
    const user = page.locator('.lacks details', { hasText: 'the user' });
    await user.locator('summary').click(PATIENT);
    expect(await user.locator('summary').textContent()).toContain('the user missing');
    expect(await user.locator('pre').allTextContents()).toContain(
      "span.setAttribute('user.id', user);",
    );
    expect(await page.locator('.carries').textContent()).toContain(
      'All traces carry what the user',
    );
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const cut = await page
        .locator('pre')
        .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length);
      expect(cut).toBe(0);
      expect(await brokenRules(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
