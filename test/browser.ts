import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of Chromium on this machine, or null. `CHROMIUM` overrides it. */
export const chromiumPath: string | null =
  [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path)) ??
  null;

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? '', args: FLAGS });

/** Lets a page hear no events: it asks every few seconds instead, and the network falls idle in between. */
export const withoutEvents = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/events', (route) => route.abort());

/** Goes on with Tab until the control of that label has the focus. */
export async function tabTo(page: Page, label: string): Promise<void> {
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const of = document.activeElement;
      if (of === null) return '';
      const isField = of.matches('input, select, textarea');
      const own = isField ? (of as HTMLInputElement).labels?.[0] : undefined;
      return (
        of.getAttribute('aria-label') ??
        own?.querySelector('span')?.textContent ??
        of.textContent ??
        ''
      ).trim();
    });
    if (name.startsWith(label)) return;
  }
  throw new Error(`Tab never reaches ${label}`);
}

/** What the strip of keys at the bottom of a page says. */
export const keyStrip = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.keys-item')
    .evaluateAll((items) =>
      items.map((item) => (item.textContent ?? '').replaceAll(/\s+/g, ' ').trim()),
    );

/** Errors and requests of a page; a report must have none. */
export interface Complaints {
  readonly errors: string[];
  readonly requests: string[];
}

export function listenTo(page: Page): Complaints {
  const complaints: Complaints = { errors: [], requests: [] };
  page.on('pageerror', (error) => complaints.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.errors.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.requests.push(request.url());
  });
  return complaints;
}

/** Counts the pixels of a screenshot within `tolerance` of a color, per channel. */
export async function countPixels(
  browser: Browser,
  png: Buffer,
  color: readonly [number, number, number],
  tolerance = 24,
): Promise<number> {
  const page = await browser.newPage();
  const found = await page.evaluate(
    async ({ url, color: [r, g, b], tolerance: near }) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      if (context === null) return 0;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let hits = 0;
      for (let k = 0; k < data.length; k += 4) {
        const off = Math.max(
          Math.abs((data[k] ?? 0) - r),
          Math.abs((data[k + 1] ?? 0) - g),
          Math.abs((data[k + 2] ?? 0) - b),
        );
        if (off <= near) hits += 1;
      }
      return hits;
    },
    { url: `data:image/png;base64,${png.toString('base64')}`, color, tolerance },
  );
  await page.close();
  return found;
}

const TAGS = JSON.stringify({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
});

/** Violations of WCAG 2.2 AA and best practices, with the elements, as found by axe-core. */
export async function brokenRules(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${TAGS})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Visible texts whose contrast with the background is below 4.5 (3 for large text), WCAG 2.2 AA. */
export function lowContrast(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const pixel = (colors: readonly string[]): number[] => {
      if (context === null) return [0, 0, 0];
      for (const color of colors) {
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
      }
      return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb: readonly number[]): number =>
      rgb
        .map((value) => value / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
    const bad: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      if (!own || !element.checkVisibility() || element.closest('[aria-hidden], :disabled'))
        continue;
      const style = getComputedStyle(element);
      const behind: string[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        behind.unshift(getComputedStyle(at).backgroundColor);
      }
      const ground = pixel(['white', ...behind]);
      const ink = pixel([`rgb(${ground.join(' ')})`, style.color]);
      const [low = 0, high = 0] = [luminance(ground), luminance(ink)].sort((a, b) => a - b);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio < (large ? 3 : 4.5)) {
        bad.push(
          `${element.className || element.tagName} ${ratio.toFixed(2)}: ${element.textContent}`,
        );
      }
    }
    return bad;
  });
}
