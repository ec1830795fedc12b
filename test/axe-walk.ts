import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { drawn, isTooWide, layoutShift, openPage, withoutKey } from './app-page.ts';
import { brokenRules, withoutEvents } from './browser.ts';
import type { WorkspaceServer } from './workspace-server.ts';

/** Looks at the pages of a project, light and wide or dark and on a phone (the slow test looks at every one in all four ways): axe, what has no key, what moves, what is wider than the window. */
export async function axeFindsNothing(
  browser: Browser,
  server: WorkspaceServer,
  scheme: 'light' | 'dark',
  ids: { readonly cause: string; readonly trace: string },
): Promise<void> {
  const { page, complaints, close } = await openPage(browser, server, '/p/default', scheme);
  await withoutEvents(page);
  // Colors go with the theme and layout with the width: two looks at a page see both of each.
  const width = scheme === 'light' ? 1280 : 390;
  await page.setViewportSize({ width, height: 860 });
  for (const path of [
    '',
    `/causes/${ids.cause}`,
    `/traces/${ids.trace}`,
    ...['/traces', '/failures', '/alone', '/map', '/activity', '/sources', '/about', '/nothing'],
    ...['/watch', '/verify', '/people', '/audit', '/versions', '/tenants', '/proposals'],
    '/nothing/at/all',
  ]) {
    const where = `${path} at ${width}`;
    await page.goto(`${server.url}/p/default${path}`);
    await drawn(page);
    if (scheme === 'light') {
      if (/^$|causes/.test(path)) expect(await layoutShift(page), where).toBeLessThan(0.02);
      expect(await withoutKey(page), where).toEqual([]);
    }
    expect(await brokenRules(page), where).toEqual([]);
    expect(await page.locator('.rail').count(), `${where} has its frame`).toBe(1);
    expect(await isTooWide(page), `${where} is wider than the window`).toBe(false);
  }
  expect(complaints).toEqual([]);
  await close();
}
