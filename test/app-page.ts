import type { Browser, Page } from 'playwright-core';
import type { WorkspaceServer } from './workspace-server.ts';

/** For states that a busy machine reaches late. */
export const PATIENT = { timeout: 30_000 };

export interface OpenedPage {
  readonly page: Page;
  /** Errors of scripts, and what the console complains of; requests to other servers. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

/** Opens a page of the workspace in a browser context of its own, and waits for its title. */
export async function openPage(
  browser: Browser,
  server: Pick<WorkspaceServer, 'url'>,
  path: string,
  scheme: 'light' | 'dark' = 'light',
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    colorScheme: scheme,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // That a request was not answered well is told by the page itself.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url()))
      complaints.push(request.url());
  });
  await page.goto(`${server.url}${path}`);
  await page.locator('h1').first().waitFor(PATIENT);
  return { page, complaints, close: () => context.close() };
}

/** Waits until a page shows more than the title that stands there while it loads. Its events must be off. */
export async function drawn(page: Page): Promise<void> {
  await page
    .locator('.screen > :not(h1, .waiting)')
    .first()
    .waitFor({ ...PATIENT, state: 'attached' });
  await page.waitForLoadState('networkidle');
}

/** The title of a page, on one line. */
export const heading = async (page: Page): Promise<string> =>
  ((await page.locator('h1').first().textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();

/** Undoes all decisions of the project and shows the page anew. */
export async function undoEverything(
  page: Page,
  server: Pick<WorkspaceServer, 'get' | 'post'>,
): Promise<void> {
  for (;;) {
    const { items } = (await server.get('/activity')) as {
      items: readonly { id: string; undoes: string | null; undoneBy: string | null }[];
    };
    const line = items.find(({ undoes, undoneBy }) => undoes === null && undoneBy === null);
    if (line === undefined) break;
    await server.post(`/activity/${line.id}/undo`, {});
  }
  await page.reload();
  await page.locator('h1').first().waitFor(PATIENT);
}

/** Buttons of a page that neither have a key nor are in the palette. */
export async function withoutKey(page: Page): Promise<readonly string[]> {
  const names = await page
    .locator('.main button:not([aria-keyshortcuts], :disabled):visible')
    .evaluateAll((buttons) =>
      buttons.map((button) =>
        (button.getAttribute('aria-label') ?? button.textContent ?? '').trim(),
      ),
    );
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] [role=option]').first().waitFor(PATIENT);
  const listed = await page.locator('dialog[open] [role=option] > :first-child').allTextContents();
  await page.keyboard.press('Escape');
  const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  return names.map(plain).filter((name) => !listed.some((each) => plain(each).endsWith(name)));
}

/** Whether a page is wider than the window, or its content than the place where it scrolls. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    [document.documentElement, document.querySelector('#main')].some(
      (each) => each !== null && each.scrollWidth > each.clientWidth,
    ),
  );

/** Draws along the edges of the map. */
export async function drawAroundAll(page: Page): Promise<void> {
  const box = await page.locator('.map').boundingBox();
  if (box === null) throw new Error('no map');
  const corner = (x: number, y: number): Promise<void> =>
    page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
  await corner(0.01, 0.01);
  await page.mouse.down();
  await corner(0.99, 0.01);
  await corner(0.99, 0.99);
  await corner(0.01, 0.99);
  await page.mouse.up();
}

/** What is decided now; undefined for nothing. */
export async function decidedAt(
  server: Pick<WorkspaceServer, 'get'>,
  subject: string,
  field: string,
): Promise<unknown> {
  const { items } = (await server.get('/decisions')) as {
    items: readonly { subject: string; field: string; value: unknown }[];
  };
  return items.find((each) => each.subject === subject && each.field === field)?.value;
}

/** How far what is in sight has moved by itself since the page was opened: 0 for not at all (Cumulative Layout Shift). */
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const sum = (entries: readonly PerformanceEntry[]): number =>
          entries.reduce(
            (all, entry) => all + (entry as PerformanceEntry & { value: number }).value,
            0,
          );
        new PerformanceObserver((list) => resolve(sum(list.getEntries()))).observe({
          type: 'layout-shift',
          buffered: true,
        });
        // Nothing is told where nothing has moved.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );
