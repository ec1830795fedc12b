import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportData } from '../src/contract/report.ts';
import { fillTemplate } from '../src/platform/report-template.ts';
import { CLUSTER_COLORS, rgbOf } from '../src/web/report/model/palette.ts';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { brokenRules, chromiumPath, countPixels, launch, lowContrast } from './browser.ts';
import {
  buildReport,
  drawn,
  NARROW,
  type Opened,
  type OpenOptions,
  openReport,
  PATIENT,
  shown,
  title,
  titleOf,
  WIDE,
} from './report-page.ts';

if (chromiumPath === null) {
  console.log('report in a browser: skipped, no Chromium found (set CHROMIUM to its path)');
}

const folder = mkdtempSync(join(tmpdir(), 'culprit-report-'));

let template = '';
let browser: Browser;

beforeAll(async () => {
  template = buildReport(join(folder, 'web'));
  if (chromiumPath !== null) browser = await launch();
}, 60_000);
afterAll(async () => {
  if (chromiumPath !== null) await browser.close();
  for (const name of ['report.html', 'web', 'again']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
});

const standard = makeReport({ failures: 412 });

test('the page is built to the same bytes each time', () => {
  expect(buildReport(join(folder, 'again'))).toBe(template);
});

test('a report of 1,000 failures with long prompts stays under 3 MB', () => {
  const systemPrompt = 'Follow the policy. '.repeat(400);
  const data = makeReport({ failures: 1000, clusters: 14, systemPrompt });
  expect(Buffer.byteLength(fillTemplate(template, data))).toBeLessThan(3_000_000);
});

test('the policy allows only one script and one style sheet, by hash', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(template)?.[1] ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; /,
  );
  expect(policy).not.toContain('unsafe');
});

describe.skipIf(chromiumPath === null)('in a browser', () => {
  const open = (data: ReportData, options?: OpenOptions): Promise<Opened> =>
    openReport(browser, fillTemplate(template, data), join(folder, 'report.html'), options);

  test('shows verdict, causes by rank and a drawn map, without network requests', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    expect(await page.locator('h1').textContent()).toMatch(
      /^5 causes explain 91% of 1,030 failures$/,
    );
    expect(await page.locator('.row-label').allTextContents()).toEqual(
      standard.analysis.clusters.map((cluster) => shown(cluster.title)),
    );
    expect(await page.locator('.map').getAttribute('data-drawn')).toBe('webgl');
    const png = await page.locator('.map').screenshot();
    for (const color of CLUSTER_COLORS.light.slice(0, 5)) {
      expect(await countPixels(browser, png, rgbOf(color)), color).toBeGreaterThan(200);
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
    expect(await countPixels(browser, png, rgbOf(CLUSTER_COLORS.light[0] ?? ''))).toBeGreaterThan(
      500,
    );
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
    const hits = await countPixels(browser, png, rgbOf(CLUSTER_COLORS.light[0] ?? ''));
    expect(hits).toBeGreaterThan(500);
    await close();
  });

  test('navigates causes by keyboard and updates the address', async () => {
    const { page, close } = await open(standard);
    await drawn(page);
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('j', 'j');
    const ring = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(ring).toBe('solid');
    await press('Enter');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 1));
    await press('j');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 2));
    expect(new URL(page.url()).hash).toBe(`#c-${standard.analysis.clusters[2]?.id}`);
    await press(']');
    await page.locator('.exemplars-steps', { hasText: '2 of 8' }).waitFor();
    await press('e');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MARK');
    await press('Escape');
    await page.locator('.page').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.matches('.row[data-cluster="2"]'));
    await press('5');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 4));
    await page.goBack();
    await page.locator('.page').waitFor({ state: 'detached' });
    await press('?');
    await page.locator('dialog[open]').waitFor();
    await press('Escape', '/');
    await page.keyboard.type('warranty');
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
    expect(await page.locator('.filter output').textContent()).toMatch(/^\d+ found$/);
    await press('Enter');
    await page.locator('.page h2', { hasText: 'failures selected' }).waitFor();
    await close();
  });

  test('opens a linked cluster with its evidence marked in the message', async () => {
    const cluster = standard.analysis.clusters[0];
    const { page, close } = await open(standard, { hash: `#c-${cluster?.id}` });
    await expect.poll(() => title(page), PATIENT).toBe(shown(cluster?.title));
    const evidence = cluster?.evidence.find((piece) => piece.traceId === cluster.exemplars[0]);
    expect(await page.locator('.call mark').textContent()).toBe(evidence?.quote);
    expect(await page.locator('.call pre').textContent()).toContain(
      `"order_id": "${evidence?.quote}"`,
    );
    await close();
  });

  test('the lasso lists exactly the failures inside it', async () => {
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
    await expect.poll(() => title(page), PATIENT).toBe('412 failures selected');
    await page.keyboard.press('Escape');
    await page.locator('.page').waitFor({ state: 'detached' });
    await page.locator('.map').focus();
    await page.keyboard.press('0');
    const badge = await page.locator('.badges a > span:first-child').nth(1).boundingBox();
    if (badge === null) throw new Error('no badge');
    await drawAround(badge.x - 45, badge.y - 45, badge.x + 65, badge.y + 65);
    await page.locator('.page h2', { hasText: 'selected' }).waitFor();
    const parts = await page.locator('.selection-part').allTextContents();
    expect(parts[0]).toMatch(/^2\d+/);
    expect(parts.length).toBeLessThanOrEqual(2);
    await close();
  });

  test('shows a tooltip on hover and opens the trace on click', async () => {
    const { page, close } = await open(makeReport({ failures: 1, clusters: 1, seed: 3 }));
    const box = await page.locator('.map').boundingBox();
    if (box === null) throw new Error('no map');
    const middle = [box.x + box.width / 2 + 4, box.y + box.height / 2] as const;
    await page.evaluate(() => document.querySelector('.badges')?.remove());
    await page.mouse.move(...middle);
    await page.locator('.map-tooltip-box').waitFor();
    await page.mouse.click(...middle);
    await page.locator('.page .trace-id').waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#t-trace-/);
    await close();
  });

  test('shows trace content as text only, without scripts or external links', async () => {
    const payload =
      '</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script> javascript:window.pwned=1 https://evil.example/';
    const data = makeReport({ failures: 60, payload });
    const id = data.analysis.clusters[0]?.id ?? '';
    const { page, close } = await open(data, { hash: `#c-${id}` });
    await expect.poll(() => title(page), PATIENT).toContain(payload);
    expect(await page.locator('.message-text').nth(1).textContent()).toContain(payload);
    for (const hash of ['#run', '#noise', `#t-${data.analysis.failures[0]?.traceId}`]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator('.page h2').waitFor();
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
      'nothing embedded',
      makeReport({ failures: 40, clusters: 0, embedded: false }),
      /No failure could be embedded/,
    ],
  ])('explains %s and what to do', async (_, data, text) => {
    const { page, close } = await open(data);
    expect(await page.locator('.list .empty').textContent()).toMatch(text);
    expect(await page.locator('.list .empty').textContent()).toContain('--');
    await close();
  });

  test('rejects data of another version with a message', async () => {
    const data = { ...standard, analysis: { ...standard.analysis, version: 99 } };
    const { page, close } = await open(data as unknown as ReportData);
    expect(await page.locator('.empty').textContent()).toContain('version 99');
    await close();
  });

  const shots = join(folder, 'shots');
  mkdirSync(shots);
  const clusterHash = `#c-${standard.analysis.clusters[0]?.id}`;
  test.each([WIDE, NARROW])('reads well at $width px, light and dark', async (viewport) => {
    const { page, close } = await open(standard, { viewport });
    for (const hash of ['#overview', clusterHash, '#c-north', '#noise', '#run']) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page
        .locator(hash === '#overview' ? '.row' : '.page h2')
        .first()
        .waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const name = `${viewport.width}-${colorScheme}${hash.replace('#', '-')}.png`;
        await page.screenshot({ path: join(shots, name) });
        expect(await lowContrast(page), name).toEqual([]);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, hash).toBeLessThanOrEqual(viewport.width);
    }
    await page.evaluate(() => document.documentElement.style.setProperty('--ink', '#555'));
    expect(await lowContrast(page), 'the check sees gray on black').not.toEqual([]);
    console.log(`report: screenshots at ${viewport.width} px in ${shots}`);
    await close();
  });

  test.each<[string, string, string | null]>([
    ['the list', '', null],
    ['a cause', clusterHash, null],
    ['about this run', '#run', null],
    ['keyboard help', '', '?'],
  ])('is accessible according to axe: %s', async (_, hash, key) => {
    for (const viewport of [WIDE, NARROW]) {
      const { page, close } = await open(standard, { hash, viewport });
      if (key !== null) await page.keyboard.press(key);
      expect(await brokenRules(page)).toEqual([]);
      await close();
    }
  });

  test('stays small and pans with 50,000 failures', async () => {
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
    await page.keyboard.press('1');
    await page.locator('.members').waitFor();
    expect(await page.locator('*').count()).toBeLessThan(2500);
    await close();
  });
});
