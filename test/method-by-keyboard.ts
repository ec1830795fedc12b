import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { heading, openPage } from './app-page.ts';
import { brokenRules, keyStrip, tabTo } from './browser.ts';

const PATIENT = { timeout: 60_000 };

/**
 * The whole method, from a file of traces to a suite, in a project of its own. Keys alone: nothing is clicked, and nothing
 * is given the focus. The dialog of the operating system that picks the file answers by itself.
 */
export async function methodByKeyboard(
  browser: Browser,
  server: { readonly url: string },
  file: string,
): Promise<void> {
  const { page, complaints, close } = await openPage(browser, server, '/p/method/sessions');
  const { keyboard } = page;
  const get = async <Answer>(path: string): Promise<Answer> => {
    const headers = { 'x-culprit-project': 'method' };
    return (await (await fetch(`${server.url}/api/v1${path}`, { headers })).json()) as Answer;
  };
  const decided = async (cause: string, field: string): Promise<unknown> =>
    (await get<Decisions>('/decisions')).items.find(
      (each) => each.subject === cause && each.field === field,
    )?.value;

  // Import.
  const picked = page.waitForEvent('filechooser', PATIENT);
  await tabTo(page, 'Import files');
  await keyboard.press('Enter');
  await (await picked).setFiles(file);
  await page.locator('.notice', { hasText: '1 file imported' }).waitFor(PATIENT);

  // The causes of the project, which decisions are about.
  await keyboard.press('h');
  await page.locator('h1', { hasText: 'Causes come with the first analysis' }).waitFor(PATIENT);
  expect(await focused(page)).toBe('H1');
  await tabTo(page, 'Analyze now');
  await keyboard.press('Enter');
  await page.locator('.causes').waitFor(PATIENT);
  expect(await focused(page), 'what had the focus is gone').toBe('H1');

  // Filter, and cluster.
  await goTo(page, 'Sessions');
  await keyboard.press('n');
  await page.locator('[data-counted="true"]').waitFor(PATIENT);
  expect(await keyStrip(page)).toEqual(['Tab next field', 'Enter begin', 'Esc back']);
  const counts = page.locator('.session-counts dd');
  const all = await counts.first().textContent();
  await tabTo(page, 'Prompt version');
  await keyboard.press('ArrowDown');
  await expect.poll(() => counts.first().textContent(), PATIENT).not.toBe(all);
  await tabTo(page, 'Name');
  await keyboard.type('One version');
  await keyboard.press('Enter');
  await page.locator('.session-name .tag', { hasText: 'done' }).waitFor(PATIENT);
  await page.locator('.causes').waitFor(PATIENT);

  // The biggest of its causes.
  const shares = await page.locator('.cause-row .share b').allTextContents();
  const biggest = shares.map(Number.parseFloat).reduce((at, share, i, every) => {
    return share > (every[at] ?? 0) ? i : at;
  }, 0);
  for (let at = 0; at <= biggest; at += 1) await keyboard.press('j');
  await keyboard.press('Enter');
  await page.locator('.example').waitFor(PATIENT);
  expect(await focused(page)).toBe('H1');

  // Its exemplars, and the evidence in them.
  const example = (): Promise<string | null> => page.locator('.example').textContent();
  const first = await example();
  await keyboard.press(']');
  await expect.poll(example).not.toBe(first);
  await keyboard.press('[');
  await expect.poll(example).toBe(first);
  await keyboard.press('e');
  expect(await focused(page)).toBe('MARK');
  await keyboard.press('o');
  await page.locator('.trace-page').waitFor(PATIENT);
  expect(await focused(page)).toBe('H1');
  await keyboard.press('Escape');
  await page.locator('.example').waitFor(PATIENT);

  // Accept, edit, severity and fix cost.
  await keyboard.press('d');
  await page.locator('.decide').waitFor(PATIENT);
  const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  await keyboard.press('a');
  await page.getByRole('button', { name: 'Accept', pressed: true }).waitFor(PATIENT);
  await expect.poll(() => decided(id, 'proposal'), PATIENT).toBe('accepted');
  await keyboard.press('e');
  await page.locator('dialog[open] textarea').waitFor(PATIENT);
  await keyboard.press('Control+a');
  await keyboard.type('Refunds get the `account_id`');
  await keyboard.press('Control+Enter');
  await expect.poll(() => heading(page), PATIENT).toBe('Refunds get the account_id');
  await tabTo(page, 'Severity');
  await keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: '1, cosmetic' }).waitFor(PATIENT);
  await keyboard.press('End');
  await keyboard.press('Enter');
  await expect.poll(() => decided(id, 'severity'), PATIENT).toBe(1);
  expect(await focused(page), 'the menu gives the focus back').toBe('BUTTON');
  await tabTo(page, 'Fix cost');
  await keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: '8, a redesign' }).waitFor(PATIENT);
  await keyboard.press('End');
  await keyboard.press('Enter');
  await expect.poll(() => decided(id, 'fixCost'), PATIENT).toBe(8);

  // Rank: no longer first, by what was decided, and first again by undoing that.
  const ranked = (): Promise<readonly string[]> =>
    page.locator('.cause-row:not([data-light]) .cause-link').allTextContents();
  await keyboard.press('h');
  await page.locator('.causes').waitFor(PATIENT);
  expect(await focused(page), 'on the cause that one comes from').toBe('A');
  expect((await ranked()).indexOf('Refunds get the account_id')).toBeGreaterThan(0);
  await fetch(`${server.url}/api/v1/decisions`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-culprit-project': 'method' },
      'x-culprit-person': 'Ada',
    },
    body: JSON.stringify({
      action: 'owner',
      changes: [{ kind: 'cause', subject: id, field: 'owner', value: 'Ada' }],
    }),
  });
  for (const field of ['fixCost', 'severity']) {
    await keyboard.press('u');
    await expect.poll(() => decided(id, field), PATIENT).toBe(undefined);
  }
  expect(await decided(id, 'owner'), 'what another person decided stays').toBe('Ada');
  await expect.poll(async () => (await ranked())[0], PATIENT).toBe('Refunds get the account_id');

  // Promote.
  await keyboard.press('p');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.promote-case').first().waitFor(PATIENT);
  expect(await focused(page)).toBe('INPUT');
  expect(await brokenRules(page)).toEqual([]);
  await keyboard.press('Control+a');
  await keyboard.type('refunds');
  await keyboard.press('Enter');
  const write = dialog.getByRole('button', { name: 'Write the suite' });
  await expect.poll(() => write.isEnabled(), PATIENT).toBe(true);
  await keyboard.press('Enter');
  await page.locator('.keep-fixed a', { hasText: 'refunds.yaml' }).waitFor(PATIENT);
  const { folder } = await get<{ readonly folder: string }>('/suites');
  expect(existsSync(join(folder, 'refunds.yaml'))).toBe(true);
  expect(readFileSync(join(folder, 'refunds.yaml'), 'utf8')).toContain(id);
  expect(complaints).toEqual([]);
  await close();
}

interface Decisions {
  readonly items: readonly {
    readonly subject: string;
    readonly field: string;
    readonly value: unknown;
  }[];
}

/** The name of the element that has the focus. */
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.tagName);

/** Goes to a page by the palette. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] [role=combobox]').waitFor(PATIENT);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}
