import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ReportData } from '../src/contract/report.ts';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { chromiumPath } from './browser.ts';
import { PATIENT, reportBrowser, title, WIDE } from './report-page.ts';

if (chromiumPath === null) {
  console.log(
    'unusual reports in a browser: skipped, no Chromium found (set CHROMIUM to its path)',
  );
}

describe.skipIf(chromiumPath === null)('unusual reports in a browser', () => {
  const standard = makeReport({ failures: 412 });
  const { open } = reportBrowser();
  const go = async (page: Page, hash: string): Promise<void> => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.locator('h1').first().waitFor();
  };

  test('shows trace content as text only, without scripts or external links', async () => {
    const payload =
      '</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script> javascript:window.pwned=1 https://evil.example/';
    const data = makeReport({ failures: 60, payload });
    const id = data.analysis.clusters[0]?.id ?? '';
    const { page, close } = await open(data, { hash: `#${id}` });
    await expect.poll(() => title(page), PATIENT).toContain(payload);
    expect(await page.locator('.pair-step').first().textContent()).toContain(payload);
    const hashes = ['#home', '#map', '#run', '#noise', '#traces'];
    for (const hash of [...hashes, `#t-${data.analysis.failures[0]?.traceId}`]) {
      await go(page, hash);
      const wide = await page.evaluate(() => document.querySelector('.main')?.scrollWidth ?? 0);
      expect(wide, hash).toBeLessThanOrEqual(WIDE.width);
    }
    expect(await page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined();
    expect(await page.locator('#root img, #root script, #root iframe').count()).toBe(0);
    const links = await page
      .locator('#root a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((href) => href?.startsWith('#') !== true)).toEqual([]);
    await close();
  });

  test('blocks an injected script', async () => {
    const { page } = await open(standard);
    const ran = await page.evaluate(() => {
      try {
        const script = document.createElement('script');
        script.append('window.pwned = 1');
        document.body.append(script);
      } catch {
        return 'refused';
      }
      return Reflect.get(window, 'pwned') ?? 'blocked';
    });
    expect(['refused', 'blocked']).toContain(ran);
    expect(
      await page.evaluate(() =>
        fetch('https://example.com').then(
          () => 'sent',
          () => 'blocked',
        ),
      ),
    ).toBe('blocked');
    await page.close();
  });

  test.each<[string, ReportData, RegExp]>([
    ['no failures', makeReport({ failures: 0 }), /No failure found/],
    ['all noise', makeReport({ failures: 40, clusters: 0 }), /No cause repeats/],
    [
      'nothing compared',
      makeReport({ failures: 40, clusters: 0, embedded: false }),
      /No failure could be compared/,
    ],
  ])('explains %s and what to do', async (_, data, text) => {
    const { page, close } = await open(data);
    expect(await page.locator('.empty').textContent()).toMatch(text);
    expect(await page.locator('.empty').textContent()).toContain('--');
    await close();
  });

  test('a search without a match says so, and takes it back', async () => {
    const { page, close } = await open(standard, { hash: '#home?q=nowhere' });
    expect(await page.locator('.empty').textContent()).toContain('No failure matches');
    await page.getByRole('button', { name: 'Show everything' }).first().click();
    await page.locator('.causes').waitFor();
    await close();
  });

  test('groups of all traces are nothing to fix', async () => {
    const { page, close } = await open(makeReport({ failures: 412, all: true }));
    expect(await title(page)).toBe('1,030 traces in 5 groups');
    await go(page, `#${standard.analysis.clusters[0]?.id}`);
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).not.toMatch(/\bfix\b|severity|priority|copy as issue|cause 1/i);
    expect(text).toContain('Failed');
    await close();
  });

  test('rejects data of another version with a message', async () => {
    const data = { ...standard, analysis: { ...standard.analysis, version: 99 } };
    const { page, close } = await open(data as unknown as ReportData);
    expect(await page.locator('.empty').textContent()).toContain('version 99');
    await close();
  });
});
