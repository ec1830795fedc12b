import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { culpritClient } from '../src/client/client.ts';
import { openWorkspace } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';
import { freePort, type OidcProvider, startOidcProvider } from './oidc.ts';

const PATIENT = { timeout: 30_000 };
const PASSWORD = 'correct horse battery';
const PEOPLE = {
  bob: { email: 'Bob@example.com', email_verified: true, name: 'Bob Builder' },
  eve: { email: 'eve@example.com', email_verified: false, name: 'Eve' },
  stranger: { email: 'stranger@example.com', email_verified: true, name: 'Stranger' },
};

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('signing in with an OpenID Connect provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-oidc-'));
  let provider: OidcProvider;
  let server: TestServer;
  let browser: Browser;
  const rules = { name: 'Example', domains: ['example.com'], joins: [] };
  beforeAll(async () => {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    provider = await startOidcProvider(`${address}/api/v1/sign-in/callback`, PEOPLE);
    server = await testServer(
      { auth: true, ports: [port], address, provider: { ...provider, ...rules } },
      undefined,
      await openWorkspace({ folder }),
    );
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await server?.workspace.close();
    await provider?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** In a browser of its own, with no cookies. */
  const newPage = async (): Promise<Page> =>
    await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  const heading = (page: Page, name: string): Promise<void> =>
    page.getByRole('heading', { name, level: 1 }).waitFor(PATIENT);
  const toProvider = async (page: Page): Promise<void> => {
    await page.goto(`${server.url}/p/default`);
    await page.getByRole('button', { name: 'Sign in with Example' }).click(PATIENT);
  };
  /** On the provider's own pages: who one is, and that one agrees. */
  const agree = async (page: Page, name: string): Promise<void> => {
    await page.locator('input[name=login]').fill(name, PATIENT);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click(PATIENT);
  };
  const signIn = async (name: string): Promise<Page> => {
    const page = await newPage();
    await toProvider(page);
    await agree(page, name);
    return page;
  };
  const refused = async (page: Page, why: RegExp): Promise<void> => {
    await heading(page, 'You are not signed in');
    expect(await page.getByRole('alert').textContent()).toMatch(why);
  };
  /** The address at the provider at which the page begins to sign in. */
  const begun = (page: Page): Promise<string> =>
    page.evaluate(async () => {
      const answer = await fetch('/api/v1/sign-in/provider', { method: 'POST' });
      return ((await answer.json()) as { url: string }).url;
    });
  let owner: ReturnType<typeof culpritClient>;

  test('nobody comes in before the owner', async () => {
    const page = await newPage();
    await page.goto(server.url);
    await heading(page, 'Nobody has an account yet');
    await page.goto(await begun(page));
    await agree(page, 'stranger');
    await refused(page, /Nobody has invited/);
    let cookie = '';
    owner = culpritClient({
      url: server.url,
      fetch: async (request) => {
        const headers = new Headers(request.headers);
        headers.set('cookie', cookie);
        const response = await fetch(new Request(request, { headers }));
        for (const given of response.headers.getSetCookie()) cookie = given.split(';')[0] ?? '';
        return response;
      },
    });
    const ann = { name: 'Ann', email: 'ann@example.com', password: PASSWORD };
    await owner('POST /setup', { body: { secret: server.setup!, ...ann } });
  }, 120_000);

  test('who was invited joins with what the provider says, and signs in again', async () => {
    await owner('POST /invitations', { body: { email: 'bob@example.com', role: 'analyst' } });
    const page = await signIn('bob');
    await page.waitForURL('**/p/default', PATIENT);
    await page.goto(`${server.url}/p/default/people`);
    await page.getByText('Bob Builder, bob@example.com: analyst').waitFor(PATIENT);
    expect(await page.getByRole('heading', { name: 'Your password' }).count()).toBe(0);
    const { items } = await owner('GET /people');
    expect(items).toMatchObject([{ email: 'bob@example.com', role: 'analyst' }]);
    const { items: log } = await owner('GET /audit', { query: { by: items[0]!.id } });
    expect(log.map(({ action }) => action)).toEqual(['sign-in.add', 'person.join']);

    await page.getByRole('button', { name: 'Sign out here' }).click();
    await page.getByRole('button', { name: 'Sign in with Example' }).click(PATIENT);
    // The provider still knows the browser.
    await page.waitForURL('**/p/default', PATIENT);
    expect((await owner('GET /people')).items).toHaveLength(1);
  }, 120_000);

  test.each([
    ['stranger', /Nobody has invited/],
    ['eve', /has not verified/],
  ])('%s stays out', async (name, why) => {
    const page = await signIn(name);
    await refused(page, why);
    expect(await brokenRules(page)).toEqual([]);
    expect((await owner('GET /people')).items).toHaveLength(1);
  });

  /** The way to the provider, with something of it changed. */
  const changed = async (change: (url: URL) => void): Promise<Page> => {
    const page = await newPage();
    await page.goto(server.url);
    const to = new URL(await begun(page));
    change(to);
    await page.goto(to.href);
    await agree(page, 'bob');
    return page;
  };
  const other = 'x'.repeat(43);
  test.each([
    ['state', /does not belong to a sign-in that this browser began/],
    ['nonce', /does not belong to this sign-in/],
    ['code_challenge', /refused the proof/],
  ])('another %s is refused with a reason', async (name, why) => {
    const page = await changed(({ searchParams }) => searchParams.set(name, other));
    await refused(page, why);
    await page.getByRole('link', { name: 'Try again' }).click();
    await heading(page, 'Sign in');
  });

  test('an answer is good once, and for the browser that asked', async () => {
    const page = await newPage();
    const answers: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/sign-in/callback')) answers.push(request.url());
    });
    await toProvider(page);
    await agree(page, 'bob');
    await page.waitForURL('**/p/default', PATIENT);
    for (const browserOf of [page, await newPage()]) {
      await browserOf.goto(answers[0]!);
      await refused(browserOf, /does not belong/);
    }
    await page.goto(`${server.url}/api/v1/sign-in/callback?error=access_denied`);
    await refused(page, /without saying which/);
  });

  test('turning back at the provider leads back here', async () => {
    const page = await newPage();
    await toProvider(page);
    await page.getByRole('link', { name: /Cancel/ }).click(PATIENT);
    await refused(page, /turned back/);
  });
});
