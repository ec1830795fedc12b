import { describe, expect, test } from 'vitest';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath } from './browser.ts';
import { median, panMap } from './pan-map.ts';
import { drawn, reportBrowser } from './report-page.ts';

describe.skipIf(chromiumPath === null)('the map of a large report in a browser', () => {
  const { open } = reportBrowser({ hash: '#map' });

  test('pans with 50,000 failures, and the page stays small', async () => {
    const data = makeReport({ failures: 50_000, clusters: 20 });
    const started = performance.now();
    const { page, close } = await open(data);
    await drawn(page);
    const ready = performance.now() - started;
    const frames = await panMap(page);
    console.log(
      `report of 50,000: drawn after ${ready.toFixed(0)} ms; while panning, half of the frames within ${median(frames).toFixed(0)} ms, the slowest ${frames.at(-1)?.toFixed(0)} ms`,
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
