import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../src/platform/report-template.ts';
import { makeReport } from '../src/web/report/testing/make-report.ts';
import { brokenRules, chromiumPath, lowContrast } from './browser.ts';
import {
  buildPage,
  builtPage,
  NARROW,
  PATIENT,
  reportBrowser,
  shown,
  title,
  titleOf,
  WIDE,
} from './report-page.ts';

if (chromiumPath === null) {
  console.log('report in a browser: skipped, no Chromium found (set CHROMIUM to its path)');
}

const standard = makeReport({ failures: 412 });
const clusterId = (position: number): string => standard.analysis.clusters[position]?.id ?? '';

test('the page is built to the same bytes each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-again-'));
  expect(buildPage(folder, 'report')).toBe(builtPage('report'));
  rmSync(folder, { recursive: true });
});

test('the page without data stays under 420 kB', () => {
  expect(Buffer.byteLength(builtPage('report'))).toBeLessThan(420_000);
});

test('a report of 1,000 failures with long prompts stays under 3 MB', () => {
  const systemPrompt = 'Follow the policy. '.repeat(400);
  const data = makeReport({ failures: 1000, clusters: 14, systemPrompt });
  expect(Buffer.byteLength(fillTemplate(builtPage('report'), data))).toBeLessThan(3_000_000);
});

test('the policy allows only one script and one style sheet, by hash', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(builtPage('report'))?.[1] ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; /,
  );
  expect(policy).not.toContain('unsafe');
});

describe.skipIf(chromiumPath === null)('in a browser', () => {
  const { open } = reportBrowser();
  const go = async (page: Page, hash: string): Promise<void> => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.locator('h1').first().waitFor();
  };

  test('home says what to fix first, what changed, and what was covered', async () => {
    const { page, close } = await open(standard);
    expect(await title(page)).toMatch(
      /^Fix first: refund_order called with the value of account_id in order_id \(\d+ of 1,030 failures, \d+–\d+%\)$/,
    );
    expect(await page.locator('.lead-change').textContent()).toBe(
      'What changed: v1 → v2: one new cause. v2 fails in 27% of traces, v1 in 24%.',
    );
    expect(await page.locator('.coverage summary').textContent()).toMatch(/traces read.*failed/);
    expect(await page.locator('.coverage-box').isVisible()).toBe(false);
    await page.locator('.coverage summary').click();
    expect(await page.locator('.coverage-box li').count()).toBe(standard.analysis.funnel.length);
    expect(await page.locator('[data-cluster]').allTextContents()).toEqual(
      standard.analysis.clusters.map((cluster) => shown(cluster.title)),
    );
    expect(await page.locator('.badge-tags').allTextContents()).toEqual(['only in v2']);
    await close();
  });

  test('bars run from 0 to 100%', async () => {
    const { page, close } = await open(standard);
    const share = standard.analysis.clusters[0]?.share ?? 0;
    const width = await page
      .locator('.cause-row .bar')
      .first()
      .evaluate((bar) => {
        const fill = bar.querySelector('.bar-fill')?.getBoundingClientRect().width ?? 0;
        return fill / bar.getBoundingClientRect().width;
      });
    expect(width).toBeCloseTo(share, 1);
    await close();
  });

  test('navigates by keyboard and updates the address', async () => {
    const { page, close } = await open(standard);
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
    expect(new URL(page.url()).hash).toBe(`#${clusterId(2)}`);
    await press(']');
    await page.locator('.example', { hasText: '2 of 4' }).waitFor();
    await press('e');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MARK');
    await press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('[data-cluster="2"]'));
    await press('5');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 4));
    await page.goBack();
    await page.locator('.causes').waitFor();
    await press('?');
    await page.locator('dialog[open]').waitFor();
    await press('Escape', 'm');
    await page.locator('.map').waitFor();
    await press('h', '/');
    await page.keyboard.type('warranty');
    await page.waitForFunction(() => document.querySelectorAll('[data-cluster]').length === 1);
    expect(await page.locator('.search output').textContent()).toMatch(/^\d+ found$/);
    expect(new URL(page.url()).hash).toBe('#home?q=warranty');
    await press('Enter');
    await page.locator('h1', { hasText: 'match' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#traces?q=warranty');
    await close();
  });

  test('a filter changes figures, headline and address, and a link brings it back', async () => {
    const { page, close } = await open(standard);
    const before = await title(page);
    await page.getByRole('button', { name: 'v1', exact: true }).click();
    await page.locator('[data-absent]').waitFor();
    expect(await title(page)).not.toBe(before);
    expect(await page.locator('[data-absent]').textContent()).toContain('only in v2');
    expect(await page.locator('.lead-change').textContent()).toContain('one version is chosen');
    const { hash } = new URL(page.url());
    expect(hash).toBe('#home?promptVersion=v1');
    const after = await title(page);
    await close();
    const again = await open(standard, { hash });
    expect(await title(again.page)).toBe(after);
    await again.close();
  });

  test('the panel chooses a signal and a time, a chip takes them back', async () => {
    const { page, close } = await open(standard);
    await page.locator('.pick').click();
    await page.getByLabel('signal').selectOption({ index: 1 });
    await page.getByLabel('from', { exact: true }).selectOption({ index: 4 });
    await page.keyboard.press('Escape');
    const { hash } = new URL(page.url());
    expect(hash).toMatch(/^#home\?signal=\w+&from=2026-/);
    await page.locator('.chip', { hasText: '2 filters' }).click();
    await expect.poll(() => new URL(page.url()).hash, PATIENT).toBe('#home');
    await close();
  });

  test('dragging over the bars chooses a time', async () => {
    const { page, close } = await open(standard);
    const box = await page.locator('.failing svg').boundingBox();
    if (box === null) throw new Error('no chart');
    await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).hash, PATIENT).toMatch(/from=2026-.*to=2026-/);
    await close();
  });

  test('searches the full text of every failure', async () => {
    const { page, close } = await open(standard, { hash: '#traces?q=ticket-77' });
    await page.locator('h1', { hasText: '1 failure match' }).waitFor();
    await close();
  });

  test('a cause begins with a failing trace beside one that passes', async () => {
    const { page, close } = await open(standard, { hash: `#${clusterId(0)}` });
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 0));
    const cards = page.locator('.columns .card h2');
    expect(await cards.first().textContent()).toBe(
      'Failing trace beside its nearest passing trace',
    );
    expect(await page.locator('.pair-difference').textContent()).toBe(
      'First difference: The passing trace calls list_orders; the failing trace calls refund_order',
    );
    const evidence = standard.analysis.clusters[0]?.evidence[0];
    expect(await page.locator('.pair mark').first().textContent()).toBe(evidence?.quote);
    expect(await page.locator('.cause-said').textContent()).toBe(
      'No failing trace calls list_orders; 58% of similar passing traces do.',
    );
    await close();
  });

  test('one key copies a cause, another saves its traces', async () => {
    const { page, close } = await open(standard, {
      hash: `#${clusterId(0)}`,
      script: () => {
        Object.defineProperty(navigator, 'clipboard', {
          value: {
            writeText: (text: string) => {
              Reflect.set(window, 'copied', text);
              return Promise.resolve();
            },
          },
        });
      },
    });
    const copied = (): Promise<string> =>
      page.evaluate(() => String(Reflect.get(window, 'copied')));
    await page.keyboard.press('y');
    await page.locator('.notice', { hasText: 'Copied the issue' }).waitFor();
    expect(await copied()).toContain(standard.analysis.clusters[0]?.title);
    await page.keyboard.press('f');
    await page.locator('.notice', { hasText: 'Copied the prompt' }).waitFor();
    await page.keyboard.press('p');
    await page.locator('.notice', { hasText: 'Copied the command' }).waitFor();
    expect(await copied()).toBe(
      `culprit promote traces.jsonl ${standard.analysis.clusters[0]?.id} --suite evals/`,
    );
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('x')]);
    expect(download.suggestedFilename()).toMatch(/\.jsonl$/);
    await close();
  });

  test('a trace shows its steps, where values come from, its evidence and its raw form', async () => {
    const id = standard.analysis.clusters[0]?.exemplars[0] ?? '';
    const { page, close } = await open(standard, { hash: `#t-${id}` });
    expect(await page.locator('.steps tbody tr').count()).toBe(4);
    expect(await page.locator('.steps [data-selected]').textContent()).toContain('refund_order');
    expect(await page.locator('.arguments').textContent()).toContain('in no earlier message');
    expect(await page.locator('.messages mark').count()).toBeGreaterThan(0);
    await page.keyboard.press('j');
    expect(await page.locator('.steps [data-selected]').textContent()).toContain('gpt-4.1-mini');
    await page.keyboard.press('r');
    expect(await page.locator('.raw pre').textContent()).toContain(`"id": "${id}"`);
    await page.keyboard.press('b');
    await page.locator('.pair').waitFor();
    await page.keyboard.press('g');
    await expect.poll(() => title(page), PATIENT).toBe(titleOf(standard, 0));
    await close();
  });

  test('a trace links to where it was recorded, and only there', async () => {
    const data = makeReport({ failures: 60, traceUrl: 'https://traces.example/t/{trace_id}' });
    const id = data.analysis.failures[0]?.traceId ?? '';
    const { page, close } = await open(data, { hash: `#t-${id}` });
    const link = page.getByRole('link', { name: 'Open where it was recorded' });
    expect(await link.getAttribute('href')).toBe(`https://traces.example/t/${id}`);
    expect(await link.getAttribute('rel')).toBe('noreferrer noopener');
    await close();
  });

  const shots = mkdtempSync(join(tmpdir(), 'culprit-shots-'));
  const screens = [
    '#home',
    `#${clusterId(0)}`,
    '#c-north?level=fine',
    `#t-${standard.analysis.clusters[0]?.exemplars[0]}`,
    '#traces',
    '#noise',
    '#map',
    '#run',
  ];
  test.each([WIDE, NARROW])('reads well at $width px, light and dark', async (viewport) => {
    const { page, close } = await open(standard, { viewport });
    for (const hash of screens) {
      await go(page, hash);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const name = `${viewport.width}-${colorScheme}${hash.replace('#', '-')}.png`;
        await page.screenshot({ path: join(shots, name) });
        expect(await lowContrast(page), name).toEqual([]);
      }
      const wide = await page.evaluate(() => document.querySelector('.main')?.scrollWidth ?? 0);
      expect(wide, hash).toBeLessThanOrEqual(viewport.width);
    }
    await page.evaluate(() => document.documentElement.style.setProperty('--ink', '#555'));
    expect(await lowContrast(page), 'the check sees gray on black').not.toEqual([]);
    console.log(`report: screenshots at ${viewport.width} px in ${shots}`);
    await close();
  });

  // Contrast is measured above in each theme at each width; the rules of axe depend on the width at most.
  const LOOKS = [
    { viewport: WIDE, colorScheme: 'light' },
    { viewport: NARROW, colorScheme: 'dark' },
  ] as const;

  const broken = async (page: Page): Promise<string[]> => {
    const found: string[] = [];
    for (const { viewport, colorScheme } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const rule of await brokenRules(page)) found.push(`${viewport.width} px ${rule}`);
    }
    return found;
  };

  test('axe finds nothing on any screen', async () => {
    const { page, close } = await open(standard);
    for (const hash of screens) {
      await go(page, hash);
      expect(await broken(page), hash).toEqual([]);
    }
    await close();
  });

  test('axe finds nothing in the keys and in the filters', async () => {
    const { page, close } = await open(standard);
    await page.keyboard.press('?');
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.pick').click();
    expect(await broken(page)).toEqual([]);
    await close();
  });

  test('prints bars and dots, without the frame', async () => {
    const { page, close } = await open(standard, { hash: `#${clusterId(0)}` });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.rail').isVisible()).toBe(false);
    const kept = await page
      .locator('.severity-bars > [data-on], .interval-dot-point, .dot-fail')
      .evaluateAll((all) => all.map((element) => getComputedStyle(element).printColorAdjust));
    expect(kept.length).toBeGreaterThan(5);
    expect(new Set(kept)).toEqual(new Set(['exact']));
    await close();
  });
});
