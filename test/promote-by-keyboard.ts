import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { openPage, PATIENT } from './app-page.ts';
import { brokenRules } from './browser.ts';
import { runCulprit } from './run-culprit.ts';
import type { WorkspaceServer } from './workspace-server.ts';

/** From a cause to its suite, to a run of it, to the pages of the run. */
export async function promoteByKeyboard(
  browser: Browser,
  server: WorkspaceServer,
  causePath: string,
): Promise<void> {
  const { page, complaints, close } = await openPage(browser, server, '/p/default/verify');
  const { folder } = (await server.get('/suites')) as { folder: string };
  await page.locator('h1', { hasText: 'No cause is promoted yet' }).waitFor(PATIENT);
  await page.locator('.paste-line', { hasText: `culprit eval ${folder}` }).waitFor(PATIENT);
  expect(await brokenRules(page)).toEqual([]);
  await page.goto(`${server.url}${causePath}`);
  await page.getByRole('button', { name: 'Promote to suite' }).waitFor(PATIENT);

  await page.keyboard.press('p');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.promote-case').first().waitFor(PATIENT);
  expect(page.url()).toMatch(/#promote$/);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await brokenRules(page), scheme).toEqual([]);
  }
  const shown = (): Promise<string | null> => dialog.locator('.promote-yaml').textContent();
  const [first] = [await shown()];
  await dialog.locator('.promote-case').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(shown).not.toBe(first);

  await dialog.locator('input').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('refunds');
  await page.keyboard.press('Enter');
  const write = dialog.getByRole('button', { name: 'Write the suite' });
  await expect.poll(() => write.isEnabled(), PATIENT).toBe(true);
  expect(existsSync(folder)).toBe(false);

  // A file where the folder should be: the dialog says why nothing was written, and keeps what was chosen.
  writeFileSync(join(folder, '..'), '');
  await dialog.locator('input').focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').filter({ hasText: 'Not written' }).waitFor(PATIENT);
  rmSync(join(folder, '..'));
  await expect.poll(() => write.isEnabled(), PATIENT).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.keep-fixed a', { hasText: 'refunds.yaml' }).waitFor(PATIENT);
  const yaml = readFileSync(join(folder, 'refunds.yaml'), 'utf8');
  for (const line of (first ?? '').split('\n')) expect(yaml).toContain(line.trim());

  const target = join(folder, '..', 'v5.ts');
  const agent = resolve(import.meta.dirname, '../demo/target.ts');
  writeFileSync(
    target,
    `import { answer } from '${agent}';\nexport default (request) => JSON.parse(answer('v5', request));\n`,
  );
  const evaluate = (...args: readonly string[]) =>
    runCulprit(
      ['eval', folder, '--target', target, '--as', 'support-v5', '--repeat', '1', ...args],
      { cwd: join(folder, '..') },
    );
  expect(await evaluate()).toMatchObject({ status: 0, stderr: '' });
  const elsewhere = join(folder, '..', 'runs-of-ci');
  const sent = await evaluate('--runs', elsewhere, '--server', server.url);
  expect(sent).toMatchObject({ status: 0, stderr: '' });

  await page.keyboard.press('Control+k');
  await page.keyboard.type('verify');
  await page.keyboard.press('Enter');
  await page.locator('.run-link').first().waitFor(PATIENT);
  await expect.poll(() => page.locator('.run-link').count(), PATIENT).toBe(2);
  await page.locator('td', { hasText: 'sent by local' }).waitFor(PATIENT);
  expect(await page.locator('.stamp').textContent()).toBe('Pass');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('.rules li').first().waitFor(PATIENT);
  expect(await page.locator('.rules li').count()).toBe(6);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('h2', { hasText: 'Side by side' }).waitFor(PATIENT);
  const deep = page.url();
  await page.setViewportSize({ width: 390, height: 800 });
  for (const path of [deep, `${server.url}/p/default/verify`]) {
    await page.goto(path);
    await page.locator('.attempts, .run-link').first().waitFor(PATIENT);
    expect(await brokenRules(page), path).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide, `${path} is wider than a phone`).toBe(false);
  }
  await page.goto(deep);
  await page.locator('h2', { hasText: 'Side by side' }).waitFor(PATIENT);
  await page.keyboard.press('Escape');
  await page.locator('.rules li').first().waitFor(PATIENT);
  await page.keyboard.press('Escape');
  await page.locator('.run-link').first().waitFor(PATIENT);
  expect(complaints).toEqual([]);
  await close();
}
