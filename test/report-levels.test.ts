import { describe, expect, test } from 'vitest';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath } from './browser.ts';
import { PATIENT, reportBrowser, title, titleOf } from './report-page.ts';

if (chromiumPath === null) {
  console.log('levels in a browser: skipped, no Chromium found (set CHROMIUM to its path)');
}

describe.skipIf(chromiumPath === null)('the levels of a report in a browser', () => {
  const standard = makeReport({ failures: 412 });
  const { open } = reportBrowser();

  test('the level changes list, counts and address together, and a cause stays in sight', async () => {
    const { page, close } = await open(standard);
    const heading = page.locator('.table-head h2');
    const levels = page.getByRole('group', { name: 'How broad a cause is' });
    expect(await heading.textContent()).toBe('5 causes');
    expect(await levels.locator('[aria-pressed="true"]').textContent()).toBe('5');

    await page.keyboard.press(']');
    await expect.poll(() => heading.textContent(), PATIENT).toBe('6 causes');
    expect(new URL(page.url()).hash).toBe('#home?level=fine');
    expect(await levels.locator('[aria-pressed="true"]').textContent()).toBe('6');
    expect(await page.locator('[data-cluster]').count()).toBe(6);

    await page.keyboard.press('1');
    await expect.poll(() => title(page), PATIENT).toMatch(/in refunds of orders$/);
    expect(new URL(page.url()).hash).toBe('#c-north?level=fine');
    expect(await page.locator('.facts').first().textContent()).toContain('not firm');
    await page.keyboard.press('<');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 0));
    expect(new URL(page.url()).hash).toBe('#c-1');
    await page.getByRole('link', { name: /in refunds of parts$/ }).click();
    await expect.poll(() => title(page), PATIENT).toMatch(/in refunds of parts$/);
    await page.goBack();
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 0));
    await close();
  });

  test.each([
    ['#c-north?level=fine', 'refunds of orders'],
    ['#c-north', 'refunds of orders'],
    ['#c-wide', 'Retrieval or arguments go wrong'],
  ])('a link to %s opens at the level that has it', async (hash, text) => {
    const { page, close } = await open(standard, { hash });
    await page.locator('h1', { hasText: text }).waitFor();
    await close();
  });

  test('a link to a level opens Home at that level', async () => {
    const { page, close } = await open(standard, { hash: '#home?level=coarsest' });
    await page.locator('.table-head h2', { hasText: '4 causes' }).waitFor();
    await close();
  });

  test('there is no choice if there is only one level', async () => {
    const { page, close } = await open(makeReport({ failures: 60, levels: false }));
    await page.locator('[data-cluster]').first().waitFor();
    expect(await page.getByRole('group', { name: 'How broad a cause is' }).count()).toBe(0);
    await close();
  });
});
