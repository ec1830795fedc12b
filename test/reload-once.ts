import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { openPage, PATIENT } from './app-page.ts';
import type { WorkspaceServer } from './workspace-server.ts';

/** Opens a page whose script is gone, from a server that says it has another version: it reloads once, then asks. */
export async function reloadOnce(browser: Browser, server: WorkspaceServer): Promise<void> {
  const { page, close } = await openPage(browser, server, '/p/default');
  await page.locator('.causes').waitFor(PATIENT);
  let documents = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents += 1;
  });
  await page.route('**/assets/Verify-*.js', (route) => route.fulfill({ status: 404 }));
  await page.route(`${server.url}/`, async (route) => {
    const html = await (await route.fetch()).text();
    await route.fulfill({ body: html.replace(/app-[\w-]+\.js/, 'app-newer.js') });
  });
  await page.getByRole('link', { name: 'Verify', exact: true }).click();
  await page.locator('h1', { hasText: /^Culprit was updated$/ }).waitFor(PATIENT);
  expect(documents, 'another reload is for the person to ask').toBe(1);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.locator('h1', { hasText: 'No cause is promoted yet' }).waitFor(PATIENT);
  await close();
}

/** Opens a cause of which a card cannot be loaded: it says so in its place, and the rest works. */
export async function losePart(
  browser: Browser,
  server: WorkspaceServer,
  path: string,
): Promise<void> {
  const { page, close } = await openPage(browser, server, '/p/default');
  await page.locator('.causes').waitFor(PATIENT);
  await page.route('**/assets/FixCard-*.js', (route) => route.abort());
  await page.goto(`${server.url}${path}`);
  await page.getByText('A part of this page could not be loaded').waitFor(PATIENT);
  await page.getByRole('button', { name: 'Accept' }).waitFor(PATIENT);
  await page.keyboard.press('e');
  await page.getByRole('dialog').waitFor(PATIENT);
  await close();
}
