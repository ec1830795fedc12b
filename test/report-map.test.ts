import { describe, expect, test } from 'vitest';
import { CLUSTER_COLORS, rgbOf } from '../src/web/parts/palette.ts';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath, countPixels } from './browser.ts';
import { drawn, PATIENT, reportBrowser, title } from './report-page.ts';

if (chromiumPath === null) {
  console.log('the map in a browser: skipped, no Chromium found (set CHROMIUM to its path)');
}

describe.skipIf(chromiumPath === null)('the map of a report in a browser', () => {
  const standard = makeReport({ failures: 412 });
  const { open, browser } = reportBrowser({ hash: '#map' });
  const first = rgbOf(CLUSTER_COLORS.light[0] ?? '');

  test('draws every cause in its color', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    expect(await page.locator('.map').getAttribute('data-drawn')).toBe('webgl');
    const png = await page.locator('.map').screenshot();
    for (const color of CLUSTER_COLORS.light.slice(0, 5)) {
      expect(await countPixels(browser(), png, rgbOf(color)), color).toBeGreaterThan(200);
    }
    await close();
  });

  test('draws on a 2-D canvas if WebGL is missing', async () => {
    const { page, close } = await open(standard, {
      script: () => {
        const original = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown;
        Object.assign(HTMLCanvasElement.prototype, {
          getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]): unknown {
            return kind.startsWith('webgl') ? null : original.call(this, kind, ...rest);
          },
        });
      },
    });
    await drawn(page);
    expect(await page.locator('.map').getAttribute('data-drawn')).toBe('canvas');
    const png = await page.locator('.map').screenshot();
    expect(await countPixels(browser(), png, first)).toBeGreaterThan(500);
    await close();
  });

  test('continues to draw after a lost WebGL context', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
      canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await page.waitForFunction(
      () => document.querySelector<HTMLCanvasElement>('.map canvas')?.getContext('2d') !== null,
    );
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const png = await page.locator('.map').screenshot();
    expect(await countPixels(browser(), png, first)).toBeGreaterThan(500);
    await close();
  });

  test('a legend entry dims the others, and opens its cause', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    const second = rgbOf(CLUSTER_COLORS.light[1] ?? '');
    const seen = async (color: readonly [number, number, number]): Promise<number> =>
      countPixels(browser(), await page.locator('.map').screenshot(), color);
    await page.locator('.legend button').first().click();
    await expect.poll(() => seen(second), PATIENT).toBeLessThan(100);
    expect(await seen(first)).toBeGreaterThan(200);
    await page.locator('.legend a').first().click();
    await page.locator('.example').waitFor();
    await close();
  });

  test('colors by version, and a version in the legend becomes the filter', async () => {
    const { page, close } = await open(standard);
    await page.getByLabel('Color by').selectOption('promptVersion');
    await page.locator('.legend button', { hasText: 'v1' }).click();
    await expect.poll(() => new URL(page.url()).hash, PATIENT).toBe('#map?promptVersion=v1');
    expect(await title(page)).toMatch(/^\d+ failures by likeness/);
    expect(await title(page)).not.toMatch(/^412 /);
    await close();
  });

  test('the lasso lists exactly the failures inside it, and its address can be linked', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    const box = await page.locator('.map').boundingBox();
    if (box === null) throw new Error('no map');
    const drawAround = async (x0: number, y0: number, x1: number, y1: number): Promise<void> => {
      const corners = [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
        [x0, y0 + 1],
      ] as const;
      await page.mouse.move(x0, y0);
      await page.keyboard.down('Shift');
      await page.mouse.down();
      for (const [x, y] of corners) await page.mouse.move(x, y, { steps: 4 });
      await page.mouse.up();
      await page.keyboard.up('Shift');
    };
    await drawAround(box.x + 2, box.y + 2, box.x + box.width - 60, box.y + box.height - 2);
    await expect.poll(() => title(page), PATIENT).toBe('412 failures match');
    const { hash } = new URL(page.url());
    expect(hash).toMatch(/^#traces\?area=/);
    await close();
    const again = await open(standard, { hash });
    await expect.poll(() => title(again.page), PATIENT).toBe('412 failures match');
    await again.close();
  });

  test('shows a tooltip on hover and opens the trace on click', async () => {
    const data = makeReport({ failures: 1, clusters: 1, seed: 3 });
    const { page, close } = await open({ ...data, passing: [] });
    const box = await page.locator('.map').boundingBox();
    if (box === null) throw new Error('no map');
    const middle = [box.x + box.width / 2 + 4, box.y + box.height / 2] as const;
    await page.evaluate(() => document.querySelector('.badges')?.remove());
    await page.mouse.move(...middle);
    await page.locator('.map-tooltip-box').waitFor();
    await page.mouse.click(...middle);
    await page.locator('.trace-page').waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#t-trace-/);
    await close();
  });

  test('the page stays small with 5,000 failures', async () => {
    const data = makeReport({ failures: 5_000, clusters: 20 });
    const { page, close } = await open(data);
    await drawn(page);
    expect(await page.locator('.map').getAttribute('aria-label')).toContain('5000 failures');
    for (const hash of ['#map', '#home', '#traces', `#${data.analysis.clusters[0]?.id}`]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator('h1').waitFor();
      expect(await page.locator('*').count(), hash).toBeLessThan(2500);
    }
    await close();
  });
});
