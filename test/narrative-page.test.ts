import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { operatorSchema } from '../src/contract/operator.ts';
import { type ChatServer, chatServer } from '../src/llm/testing/chat-server.ts';
import { decidedAt, heading, openPage, PATIENT } from './app-page.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';
import { PROPOSED_TITLE, truthful } from './label-answers.ts';
import { type WorkspaceServer, workspaceServer } from './workspace-server.ts';

const lines = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
)
  .toString()
  .split('\n')
  .filter(Boolean)
  .slice(0, 14);

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('the label model in a browser', () => {
  let endpoint: ChatServer;
  let server: WorkspaceServer;
  let browser: Browser;
  let causes: Analysis['clusters'] = [];

  beforeAll(async () => {
    endpoint = await chatServer(truthful);
    const labelModel = { model: 'm', url: endpoint.baseUrl, callsPerDay: 1 };
    server = await workspaceServer({ operator: operatorSchema.parse({ labelModel }) });
    browser = await launch();
    await server.receive(lines);
    await server.post('/analyses?wait=true', {});
    ({ causes } = (await server.get('/causes')) as { causes: Analysis['clusters'] });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await endpoint?.[Symbol.asyncDispose]();
  }, 60_000);

  test('w asks it, its quotes are shown, a accepts the title, u takes it back', async () => {
    const [first, second] = causes;
    const path = (id: string): string => `/p/default/causes/${id}`;
    const { page, complaints, close } = await openPage(browser, server, path(first!.id));
    await page.getByRole('button', { name: 'Ask a model' }).waitFor(PATIENT);
    await page.locator('.keys-item', { hasText: 'ask a model' }).waitFor(PATIENT);
    await page.keyboard.press('w');
    const card = page.getByRole('region', { name: 'What a model proposes' });
    await card.locator('blockquote').first().waitFor(PATIENT);
    expect(await card.textContent()).toContain(PROPOSED_TITLE);
    expect(await heading(page)).toBe(first!.title.replaceAll('`', ''));
    expect(await brokenRules(page)).toEqual([]);

    await page.keyboard.press('a');
    await expect.poll(() => heading(page), PATIENT).toBe(PROPOSED_TITLE);
    await expect.poll(() => decidedAt(server, first!.id, 'title'), PATIENT).toBe(PROPOSED_TITLE);
    expect(await decidedAt(server, first!.id, 'proposal')).toBe('accepted');
    await card.getByText('Its title is accepted.').waitFor(PATIENT);
    await page.keyboard.press('u');
    await expect.poll(() => decidedAt(server, first!.id, 'title'), PATIENT).toBe(undefined);
    await expect.poll(() => heading(page), PATIENT).toBe(first!.title.replaceAll('`', ''));

    // The budget is one call a day.
    await page.goto(`${server.url}${path(second!.id)}`);
    await page.getByRole('button', { name: 'Ask a model' }).waitFor(PATIENT);
    await page.keyboard.press('w');
    await card.getByText('the budget of 1 call a day is used up').waitFor(PATIENT);
    expect(await brokenRules(page)).toEqual([]);
    expect(endpoint.received).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('without one there is no button, and the help says where to name one', async () => {
    const other = await workspaceServer();
    try {
      const { page, complaints, close } = await openPage(browser, other, '/p/default');
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'Keys' });
      await help.getByText('names a labelModel').waitFor(PATIENT);
      expect(complaints).toEqual([]);
      await close();
    } finally {
      await other.close();
    }
  }, 120_000);
});
