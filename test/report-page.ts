import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ReportData } from '../src/contract/report.ts';
import { fillTemplate } from '../src/platform/report-template.ts';
import { launch, listenTo } from './browser.ts';

export const PATIENT = { timeout: 15_000 };
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

/** Builds a page without data into a folder. */
export function buildReport(folder: string, page: 'report' | 'eval' = 'report'): string {
  const script = resolve(import.meta.dirname, '../scripts/build-web.ts');
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [script, folder, page], { env });
  return readFileSync(join(folder, `${page}.html`), 'utf8');
}

export interface Opened {
  readonly page: Page;
  /** Closes the page; fails if it reported an error or sent a request. */
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly hash?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly script?: () => void;
}

export interface ReportBrowser {
  /** Opens a report. */
  readonly open: (data: ReportData, options?: OpenOptions) => Promise<Opened>;
  readonly browser: () => Browser;
}

/** Builds the page and starts a browser for the tests of a suite, and closes it after them. */
export function reportBrowser(defaults: OpenOptions = {}): ReportBrowser {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-report-'));
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
  return {
    open: (data, options) =>
      openReport(browser, fillTemplate(template, data), join(folder, 'report.html'), {
        ...defaults,
        ...options,
      }),
    browser: () => browser,
  };
}

/** Writes a report to `path` and opens it from there. */
export async function openReport(
  browser: Browser,
  html: string,
  path: string,
  { hash = '', viewport = WIDE, script }: OpenOptions = {},
): Promise<Opened> {
  writeFileSync(path, html);
  const page = await browser.newPage({ viewport });
  if (script !== undefined) await page.addInitScript(script);
  page.setDefaultTimeout(15_000);
  const complaints = listenTo(page);
  await page.goto(`${pathToFileURL(path).href}${hash}`);
  await page.locator('.shell, .empty').first().waitFor();
  return {
    page,
    close: async () => {
      await page.close();
      expect(complaints).toEqual({ errors: [], requests: [] });
    },
  };
}

export const drawn = (page: Page): Promise<void> =>
  page.locator('.badges li[style*="visible"]').first().waitFor({ state: 'attached' });

/** The heading of the screen. */
export const title = (page: Page): Promise<string | null> => page.locator('h1').textContent();

/** The text as shown: the data has names in backticks, the page shows them as code. */
export const shown = (text: string | undefined): string => (text ?? '').replaceAll('`', '');

export const titleOf = (data: ReportData, position: number): string =>
  shown(data.analysis.clusters[position]?.title);
