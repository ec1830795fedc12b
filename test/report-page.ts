import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

const root = resolve(import.meta.dirname, '..');

/** The pages that `npm run build` makes. */
export type PageName = 'report' | 'eval' | 'change';

/** Builds a page without data into a folder. */
export function buildPage(folder: string, name: PageName): string {
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [join(root, 'scripts/build-web.ts'), folder, name], { env });
  return readFileSync(join(folder, `${name}.html`), 'utf8');
}

/** A page without data, for all tests of a process: as `npm run build` made it, or built if a source is newer. */
export function builtPage(name: PageName): string {
  const known = pages.get(name);
  if (known !== undefined) return known;
  const built = join(root, `dist/web/${name}.html`);
  let page: string;
  if (existsSync(built) && statSync(built).mtimeMs > newestSource())
    page = readFileSync(built, 'utf8');
  else {
    const folder = mkdtempSync(join(tmpdir(), 'culprit-page-'));
    page = buildPage(folder, name);
    rmSync(folder, { recursive: true });
  }
  pages.set(name, page);
  return page;
}
const pages = new Map<PageName, string>();

function newestSource(): number {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = [
    'package-lock.json',
    'scripts/build-web.ts',
    ...files.map((file) => `src/${file}`),
  ];
  return Math.max(
    ...sources
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .map((path) => statSync(join(root, path)))
      .map((entry) => (entry.isFile() ? entry.mtimeMs : 0)),
  );
}

/** One browser for all tests of a process, which ends it. Every page has a context of its own. */
const sharedBrowser = (): Promise<Browser> => (shared ??= launch());
let shared: Promise<Browser> | undefined;

interface Opened {
  readonly page: Page;
  /** Closes the page; fails if it reported an error or sent a request. */
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly hash?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly script?: () => void;
}

export interface PageBrowser<Data extends object> {
  /** Opens the page with data. */
  readonly open: (data: Data, options?: OpenOptions) => Promise<Opened>;
  readonly browser: () => Browser;
}

/** The report of an analysis and the browser, for the tests of a suite. */
export const reportBrowser = (defaults: OpenOptions = {}): PageBrowser<ReportData> =>
  pageBrowser('report', defaults);

/** A page and the browser, for the tests of a suite. */
export function pageBrowser<Data extends object>(
  name: PageName,
  defaults: OpenOptions = {},
): PageBrowser<Data> {
  const folder = mkdtempSync(join(tmpdir(), `culprit-${name}-`));
  let browser: Browser;
  beforeAll(async () => {
    builtPage(name);
    browser = await sharedBrowser();
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    open: (data, options) =>
      openPage(browser, fillTemplate(builtPage(name), data), join(folder, `${name}.html`), {
        ...defaults,
        ...options,
      }),
    browser: () => browser,
  };
}

/** Writes a page to `path` and opens it from there. */
async function openPage(
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
