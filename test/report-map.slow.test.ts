import { describe, expect, test } from 'vitest';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath } from './browser.ts';
import { drawn, reportBrowser } from './report-page.ts';

describe.skipIf(chromiumPath === null)('the map of a large report in a browser', () => {
  const { open } = reportBrowser({ hash: '#map' });

  test('pans with 50,000 failures, and the page stays small', async () => {
    const data = makeReport({ failures: 50_000, clusters: 20 });
    const started = performance.now();
    const { page, close } = await open(data);
    await drawn(page);
    const ready = performance.now() - started;
    const box = await page.locator('.map').boundingBox();
    if (box === null) throw new Error('no map');
    await page.mouse.move(box.x + 300, box.y + 300);
    await page.mouse.down();
    const frames = 20;
    const panning = performance.now();
    for (let i = 1; i <= frames; i += 1) {
      await page.mouse.move(box.x + 300 + 6 * i, box.y + 300 + 3 * i);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const frame = (performance.now() - panning) / frames;
    await page.mouse.up();
    console.log(
      `report of 50,000: drawn after ${ready.toFixed(0)} ms, ${frame.toFixed(0)} ms a frame while panning`,
    );
    expect(await page.locator('.map').getAttribute('aria-label')).toContain('50000 failures');
    expect(await page.locator('*').count()).toBeLessThan(2500);
    for (const hash of ['#home', '#traces', `#${data.analysis.clusters[0]?.id}`]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator('h1').waitFor();
      expect(await page.locator('*').count(), hash).toBeLessThan(2500);
    }
    await close();
  });
});
