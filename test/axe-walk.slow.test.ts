import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { drawn, isTooWide, openPage, PATIENT } from './app-page.ts';
import { brokenRules, chromiumPath, launch, withoutEvents } from './browser.ts';
import { screensWith } from './screen-paths.ts';
import { type WorkspaceServer, workspaceServer } from './workspace-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const lines = bytes.toString().split('\n').filter(Boolean).slice(0, 14);

/** A folder for screenshots of every page; none without it. */
const SHOTS = process.env['SCREENSHOTS'];

describe.skipIf(chromiumPath === null)('every page of a project', () => {
  let server: WorkspaceServer;
  let browser: Browser;
  let screens: ReturnType<typeof screensWith> = [];

  beforeAll(async () => {
    server = await workspaceServer();
    browser = await launch();
    await server.receive(lines);
    await server.post('/analyses?wait=true', {});
    const { causes } = (await server.get('/causes')) as { causes: Analysis['clusters'] };
    const first = causes.find(({ rank }) => rank === 1);
    const { id } = (await server.post('/sessions', { name: 'Once' })) as { readonly id: string };
    await vi.waitFor(
      async () => expect(await server.get(`/sessions/${id}`)).toMatchObject({ state: 'done' }),
      { ...PATIENT, interval: 500 },
    );
    const { queue } = (await server.post('/queues', { name: 'Doubt', kind: 'traces' })) as {
      readonly queue: { readonly id: string };
    };
    await server.post(`/queues/${queue.id}/items`, { filter: { failed: 'true' } });
    screens = [
      ...screensWith({
        ...{ cause: first?.id ?? '', trace: first?.exemplars[0] ?? '' },
        ...{ session: id, part: 'map', id: 'none', other: 'rolling' },
      }),
      { path: 'a queue', address: `/label?queue=${queue.id}` },
      { path: 'the cause of a session', address: `/sessions/${id}/causes/${first?.id}` },
    ];
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing, %s, %i pixels wide', async (scheme, width) => {
    const { page, complaints, close } = await openPage(browser, server, '/p/default', scheme);
    await withoutEvents(page);
    await page.setViewportSize({ width, height: 860 });
    for (const { path, address } of screens) {
      await page.goto(`${server.url}/p/default${address}`);
      await drawn(page);
      if (SHOTS !== undefined)
        await page.screenshot({
          path: `${SHOTS}/${path.replaceAll(/\W+/g, '-')}-${scheme}-${width}.png`,
          fullPage: true,
        });
      expect(await brokenRules(page), path).toEqual([]);
      expect(await isTooWide(page), `${path} is wider than the window`).toBe(false);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
