import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Routes } from '../src/client/client.ts';
import type { Analysis } from '../src/contract/analysis.ts';
import { type Serving, serve } from '../src/server/server.ts';
import { isEngineInstalled } from '../src/store/telemetry/engine-process.ts';
import { chromiumPath, launch, tabTo } from './browser.ts';

const demo = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const PATIENT = { timeout: 60_000 };
const isHere = chromiumPath !== null && isEngineInstalled();
if (!isHere) console.warn('skipped: there is no Chromium or no chDB on this machine');

describe.skipIf(!isHere)('the method in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-method-page-'));
  const errors: unknown[] = [];
  let server: Serving;
  let browser: Browser;

  beforeAll(async () => {
    server = await serve({
      ...{ folder: join(folder, 'data'), clickhouse: null, postgres: null },
      ...{ host: '127.0.0.1', port: 0, otlpPort: 0, grpcPort: 0, load: null },
      onError: (error) => errors.push(error),
    });
    browser = await launch();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  }, 60_000);

  const settled = (page: Page): Promise<void> =>
    page.locator('.session-name .tag', { hasText: 'done' }).waitFor({ timeout: 120_000 });

  test('the whole method by keyboard alone: import, filter, cluster, open the biggest, read, accept and edit, label, weigh, rank', async () => {
    const project = 'method';
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.url}/p/${project}/sessions`);
    await page.locator('h1').first().waitFor(PATIENT);
    const { keyboard } = page;
    const ask = async <Kind>(path: string): Promise<Kind> => {
      const headers = { 'x-culprit-project': project };
      return (await (await fetch(`${server.url}/api/v1${path}`, { headers })).json()) as Kind;
    };
    const heading = async (): Promise<string> =>
      ((await page.locator('h1').first().textContent()) ?? '').trim();
    const goTo = async (name: string, there: string): Promise<void> => {
      await keyboard.press('Control+k');
      await page.locator('dialog[open] [role=combobox]').waitFor(PATIENT);
      await keyboard.type(name);
      await keyboard.press('Enter');
      await page.locator(there).first().waitFor(PATIENT);
    };

    // Import.
    await tabTo(page, 'Import files');
    const chooser = page.waitForEvent('filechooser');
    await keyboard.press('Enter');
    await (await chooser).setFiles({
      ...{ name: 'shop.jsonl', mimeType: 'application/x-ndjson' },
      buffer: demo.subarray(0, demo.indexOf('\n', 1_500_000) + 1),
    });
    await page.locator('.notice', { hasText: '1 file imported' }).waitFor(PATIENT);

    // Filter and cluster.
    await keyboard.press('n');
    await page.locator('[data-counted="true"]').waitFor(PATIENT);
    await tabTo(page, 'Tenant');
    await expect
      .poll(() => page.locator('select:focus option').count(), PATIENT)
      .toBeGreaterThan(1);
    await keyboard.press('ArrowDown');
    await tabTo(page, 'Name');
    await keyboard.type('By keyboard');
    await tabTo(page, 'Begin');
    await keyboard.press('Enter');
    await settled(page);
    await page.locator('.causes').waitFor(PATIENT);

    // Open the biggest, read its exemplars.
    const biggest = await page.locator('.cause-link').first().textContent();
    await keyboard.press('j');
    await keyboard.press('Enter');
    await expect.poll(heading, PATIENT).toBe(biggest?.trim());
    await keyboard.press(']');
    await keyboard.press('Enter');
    await page.locator('.messages mark').first().waitFor(PATIENT);
    expect(new URL(page.url()).pathname).toMatch(/\/sessions\/[^/]+\/traces\//);
    await keyboard.press('e');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName), PATIENT)
      .toBe('MARK');

    // Accept one, edit another.
    await keyboard.press('h');
    await page.getByRole('button', { name: 'Analyze now' }).waitFor(PATIENT);
    await tabTo(page, 'Analyze now');
    await keyboard.press('Enter');
    await page.locator('.cause-row').first().waitFor(PATIENT);
    const titles = (): Promise<readonly string[]> =>
      page.locator('.cause-row:not([data-light]) .cause-link').allTextContents();
    const [first = '', second = ''] = await titles();
    const openAt = async (rank: number, title: string): Promise<void> => {
      await keyboard.press(String(rank));
      await expect.poll(heading, PATIENT).toBe(title.trim());
      await page.getByRole('button', { name: 'Accept' }).waitFor(PATIENT);
    };
    await openAt(2, second);
    await keyboard.press('e');
    await page.locator('dialog[open] textarea').waitFor(PATIENT);
    await keyboard.press('Control+a');
    await keyboard.type('Passages about something else');
    await keyboard.press('Control+Enter');
    await expect.poll(heading, PATIENT).toBe('Passages about something else');
    await openAt(1, first);
    await keyboard.press('a');
    await page.getByRole('button', { name: 'Accept', pressed: true }).waitFor(PATIENT);

    // Severity.
    await tabTo(page, 'Severity');
    await keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: '1, cosmetic' }).waitFor(PATIENT);
    await keyboard.type('1');
    await keyboard.press('Enter');
    await page
      .locator('.choice', { hasText: 'Severity' })
      .getByLabel(/1 of 5/)
      .waitFor(PATIENT);

    // Label: accept what is proposed, then another of one's own with a note.
    await goTo('Label', '.label-head');
    await keyboard.press('c');
    await page.locator('dialog[open] input').first().waitFor(PATIENT);
    await keyboard.type('First look');
    await keyboard.press('Enter');
    await page.locator('.deed:enabled', { hasText: 'Accept' }).waitFor(PATIENT);
    const current = () => page.locator('.label-trace h2').textContent();
    const item = await current();
    await keyboard.press('a');
    await expect.poll(current, PATIENT).not.toBe(item);
    await page.locator('.deed:enabled', { hasText: 'Edit' }).waitFor(PATIENT);
    await keyboard.press('e');
    await keyboard.type('The first passage answers it');
    await keyboard.press('Escape');
    await keyboard.press('2');
    const edited = await current();
    await keyboard.press('Enter');
    await expect.poll(current, PATIENT).not.toBe(edited);
    const { items: labels } = await ask<Routes['GET /labels']['answer']>('/labels');
    expect(labels.map(({ proposal }) => proposal).toSorted()).toEqual(['accepted', 'edited']);

    // Rank: what weighs less comes later, as the API says.
    await keyboard.press('h');
    await expect.poll(async () => (await titles())[0], PATIENT).not.toBe(first);
    const { causes } = await ask<{ readonly causes: Analysis['clusters'] }>('/causes');
    expect((await titles()).map((title) => title.trim())).toEqual(
      causes.filter(({ rank }) => rank !== null).map(({ title }) => title.replaceAll('`', '')),
    );
    expect(await titles()).toContain('Passages about something else');
    expect(complaints).toEqual([]);
  }, 300_000);
});
