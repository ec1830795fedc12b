import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';

const PATIENT = { timeout: 30_000 };
const PASSWORD = 'correct horse battery';

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('people in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-people-'));
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await testServer({ auth: true }, undefined, await openWorkspace({ folder }));
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await server?.workspace.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** In a browser of its own, with no cookies. */
  const open = async (url: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('h1').first().waitFor(PATIENT);
    return page;
  };
  /** What axe finds on a form in either theme, wide and on a phone, where it has to fit. */
  const faults = async (page: Page): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const width of [1280, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 860 });
        await page.emulateMedia({ colorScheme });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        const rules = [...(await brokenRules(page)), ...(wide ? ['wider than the window'] : [])];
        found.push(...rules.map((rule) => `${width}, ${colorScheme}: ${rule}`));
      }
    await page.setViewportSize({ width: 1280, height: 860 });
    return found;
  };
  const heading = (page: Page, name: string): Promise<void> =>
    page.getByRole('heading', { name, level: 1 }).waitFor(PATIENT);
  /** What the page is answered with its own cookie. */
  const status = (page: Page, method: string, path: string): Promise<number> =>
    page.evaluate(
      async (asked) => {
        const change = { kind: 'project', subject: '', field: 'note', value: 'x' };
        const answer = await fetch(`/api/v1${asked.path}`, {
          method: asked.method,
          ...(asked.method === 'POST' && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ action: 'note', changes: [change] }),
          }),
        });
        return answer.status;
      },
      { method, path },
    );

  test('who is not signed in asks for nothing and hears nothing', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.clock.install();
    await page.goto(`${server.url}/p/default`);
    await heading(page, 'Nobody has an account yet');
    expect(await faults(page)).toEqual([]);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.clock.fastForward(60_000);
    await page.evaluate(async () => (await fetch('/health')).status);
    expect(asked).toEqual(['/health']);
    await page.context().close();
  });

  test('set up, invite, join, read without deciding, be removed, sign in and out', async () => {
    const owner = await open(`${server.url}/`);
    await heading(owner, 'Nobody has an account yet');
    await owner.goto(`${server.url}/setup#${server.setup}`);
    await heading(owner, 'Add the first person');
    expect(await faults(owner)).toEqual([]);
    for (const typed of ['Ann', 'ann@example.com', PASSWORD]) {
      await owner.keyboard.type(typed);
      await owner.keyboard.press(typed === PASSWORD ? 'Enter' : 'Tab');
    }
    await owner.waitForURL('**/p/default', PATIENT);
    await owner.goto(`${server.url}/p/default/people`);
    await owner.getByText('the owner').first().waitFor(PATIENT);

    await owner.getByLabel('Email').fill('bob@example.com');
    await owner.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await owner.locator('.paste-line').textContent(PATIENT);
    expect(link).toMatch(/\/invitation#[\w-]{32}$/);
    expect(await faults(owner)).toEqual([]);

    const viewer = await open(link ?? '');
    await heading(viewer, 'You are invited');
    expect(await faults(viewer)).toEqual([]);
    await viewer.getByLabel('Your name').fill('Bob');
    await viewer.getByLabel('Password').fill(PASSWORD);
    await viewer.keyboard.press('Enter');
    await viewer.waitForURL('**/p/default', PATIENT);
    await viewer.goto(`${server.url}/p/default/people`);
    await viewer.getByText('Admins of the project see').waitFor(PATIENT);
    expect(await status(viewer, 'GET', '/traces')).toBe(200);
    expect(await status(viewer, 'POST', '/decisions')).toBe(403);
    expect(await status(viewer, 'GET', '/people')).toBe(403);
    expect(await status(owner, 'GET', '/people')).toBe(200);

    await owner.reload();
    await owner.getByRole('button', { name: 'Remove Bob' }).click(PATIENT);
    await expect
      .poll(() => owner.getByRole('button', { name: 'Remove Bob' }).count(), PATIENT)
      .toBe(0);
    await server.rest(6_000);
    await heading(viewer, 'Sign in');
    expect(await faults(viewer)).toEqual([]);
    expect(await status(viewer, 'GET', '/traces')).toBe(401);

    await owner.getByLabel('Name of the key').fill('production');
    await owner.getByRole('button', { name: 'Make a key' }).click();
    const key = (await owner.locator('.paste-line').last().textContent(PATIENT)) ?? '';
    const sent = await server.post('/v1/traces', { resourceSpans: [] }, { 'x-api-key': key });
    expect(sent.status).toBe(200);
    expect((await server.post('/v1/traces', { resourceSpans: [] })).status).toBe(401);

    const forgot = await open(`${server.url}/reset#made-up`);
    expect(await faults(forgot)).toEqual([]);
    await forgot.context().close();

    await owner.getByRole('button', { name: 'Sign out here' }).click();
    await heading(owner, 'Sign in');
    await owner.getByLabel('Email').fill('ann@example.com');
    await owner.getByLabel('Password').fill('not the password');
    await owner.keyboard.press('Enter');
    await expect
      .poll(() => owner.getByRole('alert').first().textContent(), PATIENT)
      .toMatch(/password/i);
    await owner.getByLabel('Password').fill(PASSWORD);
    await owner.keyboard.press('Enter');
    await owner.locator('.rail').waitFor(PATIENT);
    expect(await status(owner, 'GET', '/people')).toBe(200);
  }, 240_000);
});
