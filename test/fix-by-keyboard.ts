import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { decidedAt, openPage, PATIENT } from './app-page.ts';
import { brokenRules, tabTo } from './browser.ts';
import type { WorkspaceServer } from './workspace-server.ts';

/** On the page of a cause, by keys alone: its failures by what is recorded of them, then that it is fixed, and in what. */
export async function fixByKeyboard(
  browser: Browser,
  server: WorkspaceServer,
  cause: { readonly id: string; readonly size: number },
): Promise<void> {
  const { page, complaints, close } = await openPage(
    browser,
    server,
    `/p/default/causes/${cause.id}`,
  );
  const { keyboard } = page;
  const members = page
    .getByRole('region', { name: 'Failures of this cause' })
    .getByRole('listitem');
  await members.first().waitFor(PATIENT);
  const all = await members.first().getAttribute('aria-setsize');
  expect(Number(all)).toBe(cause.size);
  await tabTo(page, 'tenant');
  await keyboard.press('ArrowDown');
  const option = page.locator('select[aria-label="tenant"] option:checked');
  const [, tenant = '', n = ''] = /^(.*) \((\d+)\)$/.exec((await option.textContent()) ?? '') ?? [];
  expect(Number(n)).toBeLessThan(cause.size);
  await expect.poll(() => members.first().getAttribute('aria-setsize')).toBe(n);
  for (const row of await members.locator('.trace-row-where').allTextContents())
    expect(row).toContain(tenant);
  await keyboard.press('ArrowUp');
  await expect.poll(() => members.first().getAttribute('aria-setsize')).toBe(all);

  await markAsFixed(page);
  await expect.poll(() => decidedAt(server, cause.id, 'state'), PATIENT).toBe('fixed');
  expect(await decidedAt(server, cause.id, 'fixedIn')).toMatchObject({
    ...{ version: 'release', value: '', environment: '' },
  });
  expect(await focusedText(page), 'the dialog gives the focus back').toContain('State');
  await page.getByRole('heading', { name: 'History and proof' }).waitFor(PATIENT);
  await page.getByText('Fixed in all versions').waitFor(PATIENT);
  await keyboard.press('u');
  await expect.poll(() => decidedAt(server, cause.id, 'state'), PATIENT).toBe(undefined);
  expect(complaints).toEqual([]);
  await close();
}

/** From the menu of states to the dialog, which names the version; here the last it offers: all of them. */
async function markAsFixed(page: Page): Promise<void> {
  const { keyboard } = page;
  await tabTo(page, 'State');
  await keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Fixed' }).waitFor(PATIENT);
  await keyboard.type('fixed');
  await keyboard.press('Enter');
  const dialog = page.locator('dialog[open]');
  await dialog
    .locator('option', { hasText: 'all versions' })
    .waitFor({ ...PATIENT, state: 'attached' });
  expect(await brokenRules(page)).toEqual([]);
  await keyboard.press('End');
  await tabTo(page, 'Mark as fixed');
  await keyboard.press('Enter');
  await dialog.waitFor({ ...PATIENT, state: 'detached' });
}

const focusedText = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.textContent);
