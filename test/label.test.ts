import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Routes, Schemas } from '../src/client/client.ts';
import { brokenRules, chromiumPath, launch, withoutEvents } from './browser.ts';
import { type WorkspaceServer, workspaceServer } from './workspace-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const lines = bytes.toString().split('\n').filter(Boolean).slice(0, 40);
const PATIENT = { timeout: 30_000 };

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('labeling in a browser', () => {
  let server: WorkspaceServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await workspaceServer();
    browser = await launch();
    await server.receive(lines);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    expect(server.errors).toEqual([]);
  }, 60_000);

  interface Opened {
    readonly page: Page;
    readonly complaints: string[];
    readonly close: () => Promise<void>;
  }

  /** A page of somebody who has given a name. */
  async function open(
    path: string,
    { by = 'Ada', scheme = 'light' as 'light' | 'dark', width = 1280 } = {},
  ): Promise<Opened> {
    const context = await browser.newContext({
      ...{ viewport: { width, height: 860 }, colorScheme: scheme },
    });
    await context.addInitScript((name) => localStorage.setItem('culprit-person', name), by);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(request.url());
    });
    await page.goto(`${server.url}/p/default${path}`);
    return { page, complaints, close: () => context.close() };
  }

  async function newQueue(given: object, subjects?: readonly string[]): Promise<string> {
    const { queue } = (await server.post('/queues', {
      ...{ name: 'Doubt', kind: 'traces', ...given },
    })) as { queue: Schemas['Queue'] };
    const what = subjects === undefined ? { filter: { failed: 'true' } } : { subjects };
    await server.post(`/queues/${queue.id}/items`, what);
    return queue.id;
  }
  const labelsOf = async (queue: string): Promise<readonly Schemas['Label'][]> =>
    (
      (await server.get(`/labels?queue=${queue}`)) as Routes['GET /labels']['answer']
    ).items.toReversed();
  const failures = async (): Promise<readonly string[]> =>
    ((await server.get('/traces?failed=true')) as Routes['GET /traces']['answer']).items.map(
      ({ id }) => id,
    );
  const current = (page: Page) => page.locator('.label-trace h2');

  test('by keyboard alone: accept, choose, note, code, put off, undo', async () => {
    const queue = await newQueue({ name: 'Keys' });
    const { page, complaints, close } = await open(`/label?queue=${queue}`);
    await page.locator('.message').first().waitFor(PATIENT);
    const first = await current(page).textContent();
    await page.keyboard.press('a');
    await expect.poll(() => current(page).textContent(), PATIENT).not.toBe(first);
    const second = await current(page).textContent();
    // The evidence is coded where no words are selected; then a category of the person's own, and a note.
    await page.keyboard.press('i');
    await page.getByLabel(/A short name/).fill('ignores the hit');
    await page.keyboard.press('Enter');
    await page.getByText('ignores the hit ×').waitFor(PATIENT);
    await page.keyboard.press('2');
    await page.keyboard.press('n');
    await page.keyboard.type('It names a file that is not there');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect.poll(() => current(page).textContent(), PATIENT).not.toBe(second);
    const third = await current(page).textContent();
    await page.keyboard.press('d');
    await expect.poll(() => current(page).textContent(), PATIENT).not.toBe(third);
    await page.keyboard.press('b');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await labelsOf(queue)).length, PATIENT).toBe(3);
    const [accepted, coded, bad] = await labelsOf(queue);
    expect(accepted).toMatchObject({ person: 'Ada', triage: 'genuine', proposal: 'accepted' });
    expect(coded).toMatchObject({
      ...{ category: 'hallucinated_entity', note: 'It names a file that is not there' },
    });
    expect(coded?.codes[0]?.code).toBe('ignores the hit');
    expect(coded?.codes[0]?.quote).not.toBe('');
    expect(bad).toMatchObject({ triage: 'bad_item', category: null });
    expect(accepted?.milliseconds).toBeGreaterThan(0);
    // Undo goes back across items.
    await page.keyboard.press('u');
    await expect.poll(async () => (await labelsOf(queue)).length, PATIENT).toBe(2);
    await page.keyboard.press('u');
    await expect.poll(() => current(page).textContent(), PATIENT).toBe(second);
    await expect.poll(async () => (await labelsOf(queue)).length, PATIENT).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('two at once with one item left: one answers, the other is told; blind shows no proposal', async () => {
    const [subject = ''] = await failures();
    const queue = await newQueue({ name: 'Last one', annotators: 2, blind: true }, [subject]);
    const people = await Promise.all(
      ['Ada', 'Ben', 'Cleo'].map((by) => open(`/label?queue=${queue}`, { by })),
    );
    const stateOf = async ({ page }: Opened): Promise<string> => {
      if ((await current(page).count()) > 0) return 'works';
      return (await page.getByText('Nothing is left for you here').count()) > 0 ? 'told' : '';
    };
    await expect
      .poll(async () => (await Promise.all(people.map(stateOf))).toSorted(), PATIENT)
      .toEqual(['told', 'works', 'works']);
    const states = await Promise.all(people.map(stateOf));
    const working = people.filter((_, at) => states[at] === 'works');
    for (const { page } of working) {
      await page.locator('.message').first().waitFor(PATIENT);
      expect(await page.locator('mark').count()).toBe(0);
      await page.getByText('hidden: blind').waitFor(PATIENT);
    }
    await Promise.all(
      working.map(async ({ page }, at) => {
        await page.keyboard.press(String(at + 1));
        await page.keyboard.press('Enter');
        await page.getByText('Nothing is left for you here').waitFor(PATIENT);
      }),
    );
    const labels = await labelsOf(queue);
    expect(labels.map(({ category }) => category).toSorted()).toEqual([
      'groundedness_miss',
      'hallucinated_entity',
    ]);
    expect(new Set(labels.map(({ person }) => person)).size).toBe(2);
    await Promise.all(people.map(({ close }) => close()));
  }, 120_000);

  test.each(['light', 'dark'] as const)(
    'axe finds nothing, %s',
    async (scheme) => {
      const queue = await newQueue({ name: `Looked at, ${scheme}` });
      for (const width of [1280, 390]) {
        const { page, complaints, close } = await open('/label', { scheme, width });
        await withoutEvents(page);
        for (const path of ['/label', `/label?queue=${queue}`]) {
          await page.goto(`${server.url}/p/default${path}`);
          await page.locator('h1').first().waitFor(PATIENT);
          if (path.includes('queue')) await page.locator('.message').first().waitFor(PATIENT);
          await page.waitForLoadState('networkidle');
          const folder = process.env['CULPRIT_SCREENSHOTS'];
          if (folder !== undefined)
            await page.screenshot({
              path: `${folder}/${path.replaceAll(/\W+/g, '-').slice(0, 12)}-${scheme}-${width}.png`,
            });
          expect(await brokenRules(page), `${path} at ${width}`).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          expect(wide, `${path} is wider than ${width}`).toBe(false);
        }
        expect(complaints).toEqual([]);
        await close();
      }
    },
    120_000,
  );
});
