import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import {
  decidedAt,
  drawAroundAll,
  heading,
  type OpenedPage,
  openPage,
  PATIENT,
  undoEverything,
} from './app-page.ts';
import { axeFindsNothing } from './axe-walk.ts';
import { chromiumPath, launch, withoutEvents } from './browser.ts';
import { fixByKeyboard } from './fix-by-keyboard.ts';
import { promoteByKeyboard } from './promote-by-keyboard.ts';
import { losePart, reloadOnce } from './reload-once.ts';
import { decideOnSuggestions } from './suggestion-page.ts';
import { type WorkspaceServer, workspaceServer } from './workspace-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const lines = bytes.toString().split('\n').filter(Boolean).slice(0, 14);

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('the workspace in a browser', () => {
  let server: WorkspaceServer;
  let browser: Browser;
  let causes: Analysis['clusters'] = [];

  beforeAll(async () => {
    server = await workspaceServer();
    browser = await launch();
    await server.receive(lines);
    await server.post('/analyses?wait=true', {});
    ({ causes } = (await server.get('/causes')) as { causes: Analysis['clusters'] });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, 60_000);

  const open = (path: string, scheme?: 'light' | 'dark'): Promise<OpenedPage> =>
    openPage(browser, server, path, scheme);

  const cause = (rank: number): Analysis['clusters'][number] => {
    const found = causes.find((each) => each.rank === rank);
    if (found === undefined) throw new Error(`no cause of rank ${rank}`);
    return found;
  };
  const causePath = (rank: number): string => `/p/default/causes/${cause(rank).id}`;
  const plain = (title: string): string => title.replaceAll('`', '');
  const decided = (subject: string, field: string): Promise<unknown> =>
    decidedAt(server, subject, field);
  const undoAll = (page: Page): Promise<void> => undoEverything(page, server);

  test('home lists the causes of the API, in their order, with reach, loss and state', async () => {
    const { page, complaints, close } = await open('/');
    await page.locator('.causes').waitFor(PATIENT);
    expect(new URL(page.url()).pathname).toBe('/p/default');
    const ranked = causes.filter(({ rank }) => rank !== null);
    const titles = await page.locator('.cause-row:not([data-light]) .cause-link').allTextContents();
    expect(titles).toEqual(ranked.map(({ title }) => plain(title)));
    const [first] = await page.locator('.cause-row').allTextContents();
    await expect
      .poll(() => page.locator('.cell-more').allTextContents(), PATIENT)
      .not.toContain('…');
    expect(first).toMatch(/New/);
    expect(complaints).toEqual([]);
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing on any page, %s',
    (scheme) =>
      axeFindsNothing(browser, server, scheme, {
        cause: cause(1).id,
        trace: cause(1).exemplars[0] ?? '',
      }),
    240_000,
  );

  test('by keyboard alone: open the biggest cause, read, accept, edit, set, undo', async () => {
    const { page, complaints, close } = await open('/p/default');
    await page.locator('.causes').waitFor(PATIENT);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page), PATIENT).toBe(plain(cause(1).title));
    const { id } = cause(1);
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Accept', pressed: true }).waitFor(PATIENT);
    await expect.poll(() => decided(id, 'proposal'), PATIENT).toBe('accepted');
    expect(await decided(id, 'state')).toBe('confirmed');
    await page.keyboard.press('e');
    await page.locator('dialog[open] textarea').waitFor(PATIENT);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Refunds get the `account_id`');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => heading(page), PATIENT).toBe('Refunds get the account_id');
    await expect.poll(() => decided(id, 'title'), PATIENT).toBe('Refunds get the `account_id`');
    await page.getByRole('button', { name: /^Severity/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: '2, a nuisance' }).waitFor(PATIENT);
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await expect.poll(() => decided(id, 'severity'), PATIENT).toBe(2);
    await page.keyboard.press('n');
    await page.locator('dialog[open] textarea').fill('Ask the billing team');
    await page.locator('dialog[open] .button[data-main]').press('Enter');
    await page.locator('.note', { hasText: 'Ask the billing team' }).waitFor(PATIENT);
    await expect.poll(() => decided(id, 'note'), PATIENT).toBe('Ask the billing team');
    for (const field of ['note', 'severity', 'title', 'proposal']) {
      await page.keyboard.press('u');
      await expect.poll(() => decided(id, field), PATIENT).toBe(undefined);
    }
    await expect.poll(() => heading(page), PATIENT).toBe(plain(cause(1).title));
    expect(complaints).toEqual([]);
    await close();
  });

  test('the palette goes anywhere', async () => {
    const { page, close } = await open('/p/default');
    await page.locator('.causes').waitFor(PATIENT);
    await page.keyboard.press('Control+k');
    await page.locator('dialog[open] [role=combobox]').waitFor(PATIENT);
    await page.keyboard.type('activ');
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Who decided what' }).waitFor(PATIENT);
    await page.keyboard.press('Control+k');
    await page.keyboard.type(plain(cause(2).title).slice(0, 30));
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page), PATIENT).toBe(plain(cause(2).title));
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Owner');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open][aria-label=Owner]').waitFor(PATIENT);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.locator('dialog.help[open]').waitFor(PATIENT);
    await page.keyboard.press('Escape');
    await page.goBack();
    await page.locator('h1', { hasText: 'Who decided what' }).waitFor(PATIENT);
    const scheme = () => page.evaluate(() => document.documentElement.style.colorScheme);
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    expect(await scheme()).toBe('dark');
    await page.reload();
    await page.locator('h1').first().waitFor(PATIENT);
    expect(await scheme(), 'kept for the next visit').toBe('dark');
    await close();
  });

  test('a merge lasts through another analysis, and separating lasts, too', async () => {
    const { page, close } = await open(causePath(2));
    await page.keyboard.press('m');
    await page.locator('dialog[open] select').selectOption(cause(1).id);
    await page.locator('dialog[open] .button[data-main]').click();
    await expect.poll(() => heading(page), PATIENT).toBe(plain(cause(1).title));
    await page.locator('.merged').waitFor(PATIENT);
    const merged = async (): Promise<readonly string[]> =>
      ((await server.get('/causes')) as { causes: Analysis['clusters'] }).causes.map(
        ({ id }) => id,
      );
    expect(await merged()).not.toContain(cause(2).id);
    await server.post('/analyses?wait=true', {});
    expect(await merged()).not.toContain(cause(2).id);
    await page.goto(`${server.url}${causePath(2)}`);
    await page.getByRole('button', { name: 'Separate for good' }).click();
    await expect.poll(merged, PATIENT).toContain(cause(2).id);
    const pair = [cause(1).id, cause(2).id].sort().join('|');
    expect(await decided(pair, 'apart')).toBe(true);
    await undoAll(page);
    await close();
  });

  test('failures are split off, moved and left out, and come back by undo', async () => {
    const { page, close } = await open(causePath(1));
    const sizes = () => page.locator('.card h2', { hasText: 'Its failures' }).textContent();
    const before = await sizes();
    await page.keyboard.press('s');
    const boxes = page.locator('.trace-choice input');
    await boxes.first().waitFor(PATIENT);
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole('button', { name: 'Split off' }).click();
    await page.locator('dialog[open] input').fill('Refunds of chairs');
    await page.locator('dialog[open] .button[data-main]').click();
    await expect.poll(() => heading(page), PATIENT).toBe('Refunds of chairs');
    expect(await sizes()).toMatch(/2$/);
    await page.goBack();
    await expect.poll(sizes, PATIENT).not.toBe(before);
    await page.keyboard.press('u');
    await expect.poll(sizes, PATIENT).toBe(before);
    await page.keyboard.press('s');
    await boxes.first().check();
    await page.getByRole('button', { name: 'Exclude' }).click();
    await expect.poll(sizes, PATIENT).not.toBe(before);
    await page.goto(`${server.url}/p/default/activity`);
    await page.getByRole('button', { name: /^Undo Excluded 1 trace/ }).click();
    await page.locator('tr[data-undone]', { hasText: 'Excluded 1 trace' }).waitFor(PATIENT);
    await page.goto(`${server.url}${causePath(1)}`);
    await expect.poll(sizes, PATIENT).toBe(before);
    await close();
  });

  test('what a lasso holds becomes a cause, goes into a queue, gets a label, or is left out', async () => {
    const { page, complaints, close } = await open('/p/default/map');
    await page.locator('.map canvas').first().waitFor(PATIENT);
    await page.keyboard.press('l');
    await drawAroundAll(page);
    await page.waitForURL(/\/failures\?area=/);
    const inside = Number(/^(\d+)/.exec(await heading(page))?.[1]);
    expect(inside).toBeGreaterThan(2);
    await page.keyboard.press('q');
    await page.locator('dialog[open] input').fill('From the map');
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: `Added ${inside} items to From the map` }).waitFor();
    await page.keyboard.press('l');
    await page.locator('dialog[open] select').selectOption('bad_item');
    await page.locator('dialog[open] .button[data-main]').click();
    await page.locator('.notice', { hasText: `Labeled ${inside} failures` }).waitFor(PATIENT);
    const { items } = (await server.get('/labels')) as { items: readonly { triage: string }[] };
    expect(items.filter(({ triage }) => triage === 'bad_item').length).toBe(inside);
    await page.keyboard.press('n');
    await page.locator('dialog[open] input').fill('All in one place');
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page), PATIENT).toBe('All in one place');
    expect(await page.locator('.card h2', { hasText: 'Its failures' }).textContent()).toMatch(
      new RegExp(`${inside}$`),
    );
    await page.goBack();
    await page.locator('.trace-row').first().waitFor(PATIENT);
    await page.keyboard.press('x');
    await page.locator('.notice', { hasText: `Excluded ${inside} traces` }).waitFor(PATIENT);
    await page.keyboard.press('u');
    await page.locator('.notice', { hasText: 'Undone: Excluded' }).waitFor(PATIENT);
    expect(complaints).toEqual([]);
    await undoAll(page);
    await close();
  });

  test('the formula is in sight, and a change of it changes the order for all', async () => {
    const { page, close } = await open('/p/default');
    await page.getByRole('button', { name: /^Edit the formula/ }).click();
    await page.getByLabel('Count').selectOption('tokens');
    await expect
      .poll(() => page.locator('.table-head').textContent(), PATIENT)
      .toContain('Priority = thousand tokens lost × severity');
    const { causes: now } = (await server.get('/causes')) as { causes: Analysis['clusters'] };
    const ranked = now.filter(({ rank }) => rank !== null).map(({ title }) => plain(title));
    await expect
      .poll(
        async () =>
          (await page.locator('.cause-row:not([data-light]) .cause-link').allTextContents()).map(
            (title) => title.replaceAll('\n', ' '),
          ),
        PATIENT,
      )
      .toEqual(ranked);
    await undoAll(page);
    await close();
  });

  test('a trace shows its evidence in place, schemas, attributes, and copies as JSON', async () => {
    const trace = cause(1).exemplars[0] ?? '';
    const { page, complaints, close } = await open(`/p/default/traces/${trace}`);
    await page.locator('.steps').waitFor(PATIENT);
    expect(await page.locator('.messages mark').count()).toBeGreaterThan(0);
    await page.keyboard.press('e');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MARK');
    expect(await page.locator('.attributes').textContent()).toContain('gen_ai');
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as {
      readonly id: string;
      readonly spans: readonly unknown[];
    };
    expect(copied.id).toBe(trace);
    expect(copied.spans.length).toBe(await page.locator('.steps tbody tr').count());
    expect(complaints).toEqual([]);
    await close();
  });

  test('of a trace with 5,000 steps, only those in sight are drawn', async () => {
    const traceId = '5'.repeat(32);
    const idOf = (n: number): string => n.toString(16).padStart(16, '0');
    const at = (n: number): string => String(1_780_000_000_000_000_000n + BigInt(n) * 1_000_000n);
    const spans = Array.from({ length: 5_000 }, (_, n) => ({
      ...{ traceId, spanId: idOf(n + 1), ...(n > 0 && { parentSpanId: idOf(1) }) },
      ...{ name: n === 0 ? 'agent' : `step ${n}`, kind: 1 },
      ...{ startTimeUnixNano: at(n), endTimeUnixNano: at(n === 0 ? 5_000 : n + 1) },
      attributes: [{ key: 'input.value', value: { stringValue: `input ${n}` } }],
    }));
    await server.receive(
      [JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })],
      'long',
    );
    const { page, complaints, close } = await open(`/p/long/traces/${traceId}`);
    const rows = page.locator('.steps tbody tr');
    await rows.first().waitFor(PATIENT);
    expect(await rows.count()).toBeLessThan(120);
    await page.locator('.steps-box').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.getByRole('button', { name: /step 4999/ }).click();
    await page.locator('.attributes', { hasText: 'input 4999' }).waitFor(PATIENT);
    await page.keyboard.press('k');
    await page.locator('.attributes', { hasText: 'input 4998' }).waitFor(PATIENT);
    expect(await rows.count()).toBeLessThan(120);
    expect(complaints).toEqual([]);
    await close();
  });

  test('while the server is away, the page says so, keeps what was typed, and recovers', async () => {
    const { page, close } = await open(causePath(1));
    const { id } = cause(1);
    await page.getByRole('button', { name: 'Accept' }).waitFor(PATIENT);
    await server.stop();
    await page.keyboard.press('a');
    const failed = page.locator('.bar-note', { hasText: 'Not saved: Accepted' });
    await failed.waitFor(PATIENT);
    await page.locator('.bar-note', { hasText: 'The server does not answer' }).first().waitFor();
    await page.getByRole('button', { name: 'Accept', pressed: false }).waitFor(PATIENT);
    await server.start();
    await page.locator('.bar-note', { hasText: 'asks again' }).waitFor({
      ...PATIENT,
      state: 'detached',
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Accept', pressed: true }).waitFor(PATIENT);
    await expect.poll(() => decided(id, 'proposal'), PATIENT).toBe('accepted');
    await undoAll(page);
    await close();
  });

  test('a page hears what others decide, asks for that alone, and says when it hears nothing', async () => {
    const { page, close } = await open('/p/default');
    const { id } = cause(2);
    const decide = (owner: string) =>
      server.post('/decisions', {
        action: 'owner',
        changes: [{ kind: 'cause', subject: id, field: 'owner', value: owner }],
      });
    await page.locator('.causes').waitFor(PATIENT);
    await page.waitForFunction(() => !document.body.textContent?.includes('Not connected'));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await decide('Mira');
    await page.locator('.cause-row', { hasText: 'Mira' }).waitFor(PATIENT);
    expect([...new Set(asked)]).toEqual(['/api/v1/decisions']);
    await withoutEvents(page);
    await page.reload();
    await page.locator('.rail', { hasText: 'Not connected' }).waitFor(PATIENT);
    await decide('Jonas');
    await page.locator('.cause-row', { hasText: 'Jonas' }).waitFor(PATIENT);
    await page.unroute('**/api/v1/events');
    await page.waitForFunction(() => !document.body.textContent?.includes('Not connected'));
    await undoAll(page);
    await close();
  });

  test('a new project says how to send traces, and follows when they come', async () => {
    const { page, complaints, close } = await open('/p/fresh');
    await page.locator('h1', { hasText: 'Send the first traces' }).waitFor(PATIENT);
    expect(await page.locator('.code-lines').first().textContent()).toContain(
      `OTEL_EXPORTER_OTLP_ENDPOINT=${server.url}`,
    );
    await server.receive(lines.slice(0, 2), 'fresh');
    await page.locator('h1', { hasText: 'Causes come with the first analysis' }).waitFor(PATIENT);
    await page.getByRole('button', { name: 'Analyze now' }).waitFor(PATIENT);
    expect(complaints).toEqual([]);
    await close();
  });

  test('after an update of the server, a page whose script is gone reloads itself once', () =>
    reloadOnce(browser, server));

  test('a part of a page that cannot be loaded costs no other part', () =>
    losePart(browser, server, causePath(1)));

  test('by keyboard: the failures of a cause are filtered, and it is marked as fixed', () =>
    fixByKeyboard(browser, server, cause(1)));

  test(
    'what an agent proposes waits for a person, who dismisses or accepts it',
    () => decideOnSuggestions(browser, server, cause(2)),
    120_000,
  );

  test('by keyboard: a cause becomes a suite, which runs, and Verify shows the run', () =>
    promoteByKeyboard(browser, server, causePath(1)));
});
