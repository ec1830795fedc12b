import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { testServer } from '../src/testing/test-server.ts';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath, launch } from './browser.ts';
import { median, panMap } from './pan-map.ts';

const packed = (value: unknown): Uint8Array => zstdCompressSync(JSON.stringify(value));

describe.skipIf(chromiumPath === null)('the map of the workspace at scale in a browser', () => {
  test('pans with 50,000 failures, and the page stays small', async () => {
    const server = await testServer();
    const browser = await launch();
    const report = makeReport({ failures: 50_000, clusters: 20 });
    await server.workspace.ensureProject('default', 'default');
    await server.workspace.addAnalysis({
      ...{ id: 'large', project: 'default', at: server.now(), traces: 400_000, failed: 50_000 },
      ...{ from: null, stored: 400_000, tenants: null },
      report: packed(report),
      model: packed({ version: 1, facts: report.analysis.facts, causes: [], identities: [] }),
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    const started = performance.now();
    await page.goto(`${server.url}/p/default/map`);
    await page.locator('.map canvas').first().waitFor({ timeout: 120_000 });
    const ready = performance.now() - started;
    const frames = await panMap(page);
    console.log(
      `workspace of 50,000 failures: map after ${ready.toFixed(0)} ms; while panning, half of the frames within ${median(frames).toFixed(0)} ms, the slowest ${frames.at(-1)?.toFixed(0)} ms`,
    );
    expect(await page.locator('.map').getAttribute('aria-label')).toContain('50000 failures');
    for (const path of ['map', '', 'failures', `causes/${report.analysis.clusters[0]?.id}`]) {
      await page.goto(`${server.url}/p/default/${path}`);
      await page.locator('h1').first().waitFor({ timeout: 120_000 });
      expect(await page.locator('*').count(), path).toBeLessThan(2500);
    }
    await browser.close();
    await server.close();
    expect(server.errors).toEqual([]);
  });
});
