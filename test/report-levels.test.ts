import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportData } from '../src/contract/report.ts';
import { fillTemplate } from '../src/platform/report-template.ts';
import { CLUSTER_COLORS, rgbOf } from '../src/web/report/model/palette.ts';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath, countPixels, launch } from './browser.ts';
import {
  buildReport,
  drawn,
  type Opened,
  type OpenOptions,
  openReport,
  PATIENT,
  title,
  titleOf,
} from './report-page.ts';

if (chromiumPath === null) {
  console.log('levels in a browser: skipped, no Chromium found (set CHROMIUM to its path)');
}

describe.skipIf(chromiumPath === null)('the levels of a report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-levels-'));
  const standard = makeReport({ failures: 412 });
  let template = '';
  let browser: Browser;
  beforeAll(async () => {
    template = buildReport(join(folder, 'web'));
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (data: ReportData, options?: OpenOptions): Promise<Opened> =>
    openReport(browser, fillTemplate(template, data), join(folder, 'report.html'), options);

  test('a slider changes the level of list, map, counts and address together', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    const slider = page.getByRole('slider', { name: 'Granularity of the causes' });
    const heading = page.locator('.list-head h2');
    const colors = async (): Promise<number> =>
      countPixels(
        browser,
        await page.locator('.map').screenshot(),
        rgbOf(CLUSTER_COLORS.light[5] ?? ''),
      );
    expect(await heading.textContent()).toBe('5 causes by rank');
    expect(await slider.getAttribute('aria-valuetext')).toBe('medium, 5 causes');
    expect(await colors()).toBe(0);

    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => heading.textContent(), PATIENT).toBe('6 causes by rank');
    expect(new URL(page.url()).hash).toBe('#overview?level=fine');
    expect(await slider.getAttribute('aria-valuetext')).toBe('fine, 6 causes');
    expect(await page.locator('h1').textContent()).toMatch(/^The first 3 of 6 causes explain/);
    expect(await page.locator('.row').count()).toBe(6);
    await expect.poll(colors, PATIENT).toBeGreaterThan(100);

    await page.keyboard.press('1');
    await expect.poll(() => title(page), PATIENT).toMatch(/in refunds of orders$/);
    expect(new URL(page.url()).hash).toBe('#c-north?level=fine');
    expect(await page.locator('.warning').textContent()).toContain('only 41');
    await page.keyboard.press('<');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 0));
    expect(new URL(page.url()).hash).toBe('#c-c1');
    expect(await page.locator('.warning').count()).toBe(0);
    await page.locator('.other-levels a').nth(1).click();
    await expect.poll(() => title(page), PATIENT).toMatch(/in refunds of parts$/);
    await page.goBack();
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 0));
    await close();
  });

  test.each([
    ['#c-north?level=fine', 'fine, 6 causes'],
    ['#c-north', 'fine, 6 causes'],
    ['#c-wide', 'coarsest, 4 causes'],
    ['#noise?level=coarsest', 'coarsest, 4 causes'],
  ])('a link to %s opens at the level %s', async (hash, level) => {
    const { page, close } = await open(standard, { hash });
    await page.locator('.page h2').waitFor();
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toBe(level);
    await close();
  });

  test('has no slider if there is only one level', async () => {
    const { page, close } = await open(makeReport({ failures: 60, levels: false }));
    await page.locator('.row').first().waitFor();
    expect(await page.getByRole('slider').count()).toBe(0);
    await close();
  });
});
