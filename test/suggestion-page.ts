import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { decidedAt, openPage, PATIENT } from './app-page.ts';
import { brokenRules } from './browser.ts';
import { CLIENTS } from './mcp-clients.ts';
import type { WorkspaceServer } from './workspace-server.ts';

/** What an agent proposes over MCP is seen on the page of the cause, and a person decides: dismisses one, accepts another. */
export async function decideOnSuggestions(
  browser: Browser,
  server: WorkspaceServer,
  cause: { readonly id: string },
): Promise<void> {
  const client = await CLIENTS[1].connect({ kind: 'http', url: `${server.url}/mcp` });
  const propose = async (title: string): Promise<void> => {
    const { isError } = await client.call('propose', {
      ...{ cause: cause.id, title, severity: 4, reason: '<b>Because</b> the prompt is silent.' },
      fix: '+ take the order_id from list_orders',
    });
    expect(isError).toBe(false);
  };
  await propose('The first title');
  const path = `/p/default/causes/${cause.id}`;
  const { page, complaints, close } = await openPage(browser, server, path);
  const card = page.getByRole('region', { name: 'What an agent proposes' });
  await card.getByText('<b>Because</b> the prompt is silent.').waitFor(PATIENT);
  await expect.poll(() => page.locator('h1').textContent(), PATIENT).not.toContain('The first');
  expect(await brokenRules(page)).toEqual([]);
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await card.waitFor({ ...PATIENT, state: 'detached' });
  await expect.poll(() => decidedAt(server, cause.id, 'suggestion'), PATIENT).toBe(undefined);

  // The page hears of the next one by itself.
  await propose('The second title');
  await card.getByText('The second title').waitFor(PATIENT);
  await card.getByRole('button', { name: 'Accept proposal' }).click();
  await expect.poll(() => page.locator('h1').textContent(), PATIENT).toContain('The second title');
  await expect.poll(() => decidedAt(server, cause.id, 'severity'), PATIENT).toBe(4);
  expect(await decidedAt(server, cause.id, 'note')).toContain('take the order_id');
  await page.keyboard.press('u');
  await expect.poll(() => decidedAt(server, cause.id, 'title'), PATIENT).toBe(undefined);
  expect(await decidedAt(server, cause.id, 'suggestion')).toMatchObject({
    title: 'The second title',
  });
  expect(complaints).toEqual([]);
  await close();
  await client.close();
}
