import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { culpritClient, type Routes } from '../src/client/client.ts';
import { PATIENT } from './app-page.ts';
import { withoutEvents } from './browser.ts';
import { screensWith } from './screen-paths.ts';
import type { WorkspaceServer } from './workspace-server.ts';

const PASSWORD = 'correct horse battery';

/** One letter each: every key that does something on some page. */
const KEYS = [...'aexmsnpqlcwviyfrbdgu'];

/** Opens every page as people of each role, presses its keys and buttons, and expects that the server refuses nothing. */
export async function walkAsEveryRole(
  browser: Browser,
  server: WorkspaceServer,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const { url, setup } = await server.withSignIn();
  const owner = await person(url, 'POST /setup', {
    ...{ secret: setup, name: 'Ann', email: 'ann@example.com', password: PASSWORD },
  });
  const refused: string[] = [];
  for (const role of ['viewer', 'annotator', 'analyst', 'admin'] as const) {
    const body = { email: `${role}@example.com`, role };
    const { secret } = await owner.ask('POST /invitations', { body });
    const { cookie } = await person(url, 'POST /invitations/accept', {
      ...{ secret, name: role, password: PASSWORD },
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const at = cookie.indexOf('=');
    await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url }]);
    const page = await context.newPage();
    await withoutEvents(page);
    let doing = '';
    page.on('response', (response) => {
      if (response.status() === 403)
        refused.push(
          `${doing}: ${response.request().method()} ${new URL(response.url()).pathname}`,
        );
    });
    for (const { path, address } of screensWith(params)) {
      doing = `${role} on ${path}`;
      await page.goto(`${url}/p/default${address}`);
      await page.locator('h1').first().waitFor(PATIENT);
      await page.waitForLoadState('networkidle');
      const isHidden =
        (path === '/audit' && role !== 'admin') ||
        (path === '/sessions/new' && /viewer|annotator/.test(role));
      const reason = page.getByText('can give you another role');
      await expect
        .poll(() => reason.count(), { ...PATIENT, message: doing })
        .toBe(isHidden ? 1 : 0);
      if (isHidden) expect(await page.locator('.keys-item').count(), doing).toBe(0);
      // Who may do more would do it: what they can do has tests of its own.
      if (role === 'viewer' || role === 'annotator') await pressEverything(page);
    }
    await context.close();
  }
  expect(refused).toEqual([]);
}

/** Presses what can be pressed on a page, and answers the dialogs that open. */
async function pressEverything(page: Page): Promise<void> {
  const home = page.url();
  for (const key of KEYS) {
    await page.keyboard.press(key);
    await answerDialog(page);
    if (page.url() !== home) {
      await page.goto(home);
      await page.locator('h1').first().waitFor(PATIENT);
      await page.waitForLoadState('networkidle');
    }
  }
  // Without leaving the page: links are not pressed.
  await page.evaluate(() => {
    const buttons = document.querySelectorAll<HTMLButtonElement>('.main button:not(:disabled)');
    const pressed = [...buttons].filter(
      (button) =>
        button.checkVisibility() && !/^(Sign out|End|Change$)/.test(button.textContent ?? ''),
    );
    for (const button of pressed) {
      button.click();
      const form = document.querySelector<HTMLFormElement>('dialog[open] form');
      form?.requestSubmit();
      form?.closest('dialog')?.close();
    }
  });
  await page.waitForLoadState('networkidle');
}

async function answerDialog(page: Page): Promise<void> {
  const dialog = page.locator('dialog[open]');
  if ((await dialog.count()) === 0) return;
  const submit = dialog.locator('button[type=submit]:enabled');
  if ((await submit.count()) === 1) await submit.click();
  if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
}

/** Somebody who comes in by a link: their client, and their cookie. */
async function person<Name extends 'POST /setup' | 'POST /invitations/accept'>(
  url: string,
  route: Name,
  body: Routes[Name]['body'],
): Promise<{ readonly ask: ReturnType<typeof culpritClient>; readonly cookie: string }> {
  let cookie = '';
  const ask = culpritClient({
    url,
    async fetch(request) {
      const headers = new Headers(request.headers);
      if (cookie !== '') headers.set('cookie', cookie);
      headers.set('origin', url);
      const response = await fetch(new Request(request, { headers }));
      for (const given of response.headers.getSetCookie()) cookie = given.split(';')[0] ?? '';
      return response;
    },
  });
  await (ask as (route: string, given: unknown) => Promise<unknown>)(route, { body });
  return { ask, cookie };
}
