import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Routes } from '../src/client/client.ts';
import { brokenRules, chromiumPath, launch, tabTo, withoutEvents } from './browser.ts';
import { type LabelPages, labelPages, type Opened, strange } from './label-pages.ts';
import { type WorkspaceServer, workspaceServer } from './workspace-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const lines = bytes.toString().split('\n').filter(Boolean).slice(0, 20);
const PATIENT = { timeout: 30_000 };

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('labeling in a browser', () => {
  let server: WorkspaceServer;
  let browser: Browser;
  let pages: LabelPages;

  beforeAll(async () => {
    server = await workspaceServer();
    browser = await launch();
    pages = labelPages(server, browser);
    await server.receive(lines);
    await server.post('/analyses?wait=true', {});
    // How far the analysis was may not be written where the machine is slow.
    server.errors.length = 0;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    expect(server.errors).toEqual([]);
  }, 60_000);

  const open = (path: string, as?: Parameters<LabelPages['open']>[1]) => pages.open(path, as);
  const current = (page: Page) => page.locator('.label-trace h2');

  test('a category keeps its layer and fix cost; a starter takes the place of all, and is undone', async () => {
    const { page, complaints, close } = await open('/taxonomy');
    await page.getByRole('button', { name: /^Search missed/ }).click();
    await page.getByText('In TRAIL: poor_information_retrieval').waitFor(PATIENT);
    await page.getByLabel('Layer, by default').selectOption('platform');
    await page.getByLabel('Fix cost, by default').selectOption('8');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = async () =>
      ((await server.get('/taxonomy')) as Routes['GET /taxonomy']['answer']).taxonomy.categories;
    await expect
      .poll(async () => (await saved()).find(({ id }) => id === 'retrieval_miss'), PATIENT)
      .toMatchObject({ layer: 'platform', fixCost: 8 });
    const before = await saved();

    await tabTo(page, 'Start from');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'MAST' }).waitFor(PATIENT);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Disobey task specification/ }).waitFor(PATIENT);
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^Search missed/ }).waitFor(PATIENT);
    expect(await saved()).toEqual(before);
    await page.keyboard.press('u');
    await expect
      .poll(async () => (await saved()).find(({ id }) => id === 'retrieval_miss'), PATIENT)
      .toMatchObject({ layer: 'retrieval', fixCost: 3 });
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('by keyboard alone: accept, choose, note, code, put off, undo', async () => {
    const queue = await pages.newQueue({ name: 'Keys' });
    const { page, complaints, close } = await open(`/label?queue=${queue}`);
    await page.locator('.message').first().waitFor(PATIENT);
    const first = await current(page).textContent();
    await page.locator('.deed:enabled', { hasText: 'Accept' }).waitFor(PATIENT);
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
    await expect.poll(async () => (await pages.labelsOf(queue)).length, PATIENT).toBe(3);
    const [accepted, coded, bad] = await pages.labelsOf(queue);
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
    await expect.poll(async () => (await pages.labelsOf(queue)).length, PATIENT).toBe(2);
    await page.keyboard.press('u');
    await expect.poll(() => current(page).textContent(), PATIENT).toBe(second);
    await expect.poll(async () => (await pages.labelsOf(queue)).length, PATIENT).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('two at once with one item left: one answers, the other is told; blind shows no proposal', async () => {
    const [subject = ''] = await pages.failures();
    const queue = await pages.newQueue({ name: 'Last one', annotators: 2, blind: true }, [subject]);
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
    const labels = await pages.labelsOf(queue);
    expect(labels.map(({ category }) => category).toSorted()).toEqual([
      'groundedness_miss',
      'hallucinated_entity',
    ]);
    expect(new Set(labels.map(({ person }) => person)).size).toBe(2);
    await Promise.all(people.map(({ close }) => close()));
  }, 120_000);

  test('a rule is made on the page with a preview; a new failure of a new kind lands in its queue', async () => {
    const { page, complaints, close } = await open('/label');
    await page.locator('.rail a', { hasText: 'Causes' }).waitFor(PATIENT);
    await page.getByRole('button', { name: 'New queue' }).waitFor(PATIENT);
    await page.keyboard.press('c');
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('Name').fill('New kinds');
    const preview = dialog.locator('.rules-preview b');
    const all = (await pages.failures()).length;
    await expect.poll(() => preview.textContent(), PATIENT).toBe(String(all));
    await dialog.getByLabel('Why').selectOption('new_kind');
    const { items: unknown } = (await server.get(
      '/traces?cause=none&limit=1000',
    )) as Routes['GET /traces']['answer'];
    await expect.poll(() => preview.textContent(), PATIENT).toBe(String(unknown.length));
    await dialog.getByLabel('Found by').selectOption({ index: 1 });
    await dialog.getByLabel('Found by').selectOption('');
    await dialog.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByLabel('Why').nth(1).selectOption('edge');
    await dialog.getByRole('button', { name: 'Remove rule 2' }).click();
    await dialog.getByRole('button', { name: 'Make the queue' }).click();
    await page.locator('h1', { hasText: 'New kinds' }).waitFor(PATIENT);
    const id = new URL(page.url()).searchParams.get('queue') ?? '';
    const itemsOf = async () =>
      (
        (await server.get(
          `/queues/${id}/items?limit=100`,
        )) as Routes['GET /queues/{id}/items']['answer']
      ).items;
    const countOf = async () =>
      ((await server.get(`/queues/${id}/items`)) as Routes['GET /queues/{id}/items']['answer'])
        .queue.items;
    expect(await countOf()).toBe(unknown.length);
    await server.receive([strange('5e')]);
    await expect.poll(countOf, PATIENT).toBe(unknown.length + 1);
    // It ended with an error, so it comes before others.
    const added = (await itemsOf()).find(({ title }) => title === 'Sing the weather');
    expect(added?.reasons).toContainEqual({ kind: 'new_kind', name: '', points: 60 });
    // The rule is changed, and what was changed is undone.
    await page.goto(`${server.url}/p/default/label`);
    const row = page.locator('tr', { hasText: 'New kinds' });
    await row.getByText('takes of a new kind: fits no cause').waitFor(PATIENT);
    await row.getByRole('button', { name: 'Change New kinds' }).click();
    await dialog.getByLabel('Share of them').fill('10');
    await dialog.getByLabel('Closed').check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.getByText('10%').waitFor(PATIENT);
    await row.getByText('closed').waitFor(PATIENT);
    await page.keyboard.press('u');
    await row.getByText('10%').waitFor({ ...PATIENT, state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('a queue of causes holds the ranked ones, the first in rank first', async () => {
    const { page, close } = await open('/label');
    const { causes } = (await server.get('/causes')) as {
      readonly causes: readonly { readonly id: string; readonly rank: number | null }[];
    };
    const ranked = causes.filter(({ rank }) => rank !== null);
    await page.getByRole('button', { name: 'New queue' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('Name').fill('Causes');
    await dialog.getByRole('button', { name: 'Causes' }).click();
    await dialog.getByRole('button', { name: 'Make the queue' }).click();
    await page.locator('h1', { hasText: 'Causes' }).waitFor(PATIENT);
    const id = new URL(page.url()).searchParams.get('queue') ?? '';
    await page.getByRole('button', { name: /Names what does not exist/ }).waitFor(PATIENT);
    await page.locator('.label-middle a.link').waitFor(PATIENT);
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await pages.labelsOf(id)).length, PATIENT).toBe(1);
    expect((await pages.labelsOf(id))[0]).toMatchObject({ kind: 'cause', subject: ranked[0]?.id });
    const { items } = (await server.get(
      `/queues/${id}/items`,
    )) as Routes['GET /queues/{id}/items']['answer'];
    expect(items).toHaveLength(ranked.length);
    await close();
  }, 120_000);

  const coded = (code: string) => ({ codes: [{ code, quote: 'its words', place: '' }] });

  test('a split moves 200 labels by their codes and by hand, as a preview says, and is undone', async () => {
    const labels = Array.from({ length: 200 }, (_, at) => at);
    await Promise.all(
      labels.map((at) =>
        pages.label('Dora', `split-${at}`, {
          category: 'retrieval_miss',
          ...coded(at < 120 ? 'ignores the first hit' : 'searches in the wrong language'),
        }),
      ),
    );
    const counts = async (): Promise<Readonly<Record<string, number>>> =>
      ((await server.get('/taxonomy')) as Routes['GET /taxonomy']['answer']).labels;
    expect(await counts()).toMatchObject({ retrieval_miss: 200 });
    const { page, complaints, close } = await open('/taxonomy');
    await page.getByRole('button', { name: /^Search missed/ }).click();
    await page.getByRole('button', { name: 'Split' }).click();
    await page.getByLabel(/^Name, which/).fill('Ignores a hit');
    await page.getByLabel(/^Takes labels/).fill('first hit');
    await page.getByText('takes 120 labels').waitFor(PATIENT);
    await page.getByRole('button', { name: 'Add a part' }).click();
    await page
      .getByLabel(/^Name, which/)
      .nth(1)
      .fill('Wrong language');
    await page.getByLabel('All other labels').selectOption('1');
    await page.getByText('takes 80 labels').waitFor(PATIENT);
    await page.getByText('Place labels by hand').click();
    // One by hand: it stays.
    await page
      .getByLabel(/goes to$/)
      .first()
      .selectOption('');
    await page.getByText('1 stays with Search missed').waitFor(PATIENT);
    await page.getByRole('button', { name: 'See what moves' }).click();
    const preview = page.locator('.move-preview');
    await preview.getByText('199 labels would move').waitFor(PATIENT);
    expect(await preview.textContent()).toMatch(/from Search missed to Ignores a hit/);
    expect(await counts()).toMatchObject({ retrieval_miss: 200 });
    await preview.getByRole('button', { name: 'Make the change' }).click();
    await page.getByRole('button', { name: /^Ignores a hit/ }).waitFor(PATIENT);
    const { ignores_a_hit: first = 0, wrong_language: second = 0, ...others } = await counts();
    expect([first + second, others['retrieval_miss']]).toEqual([199, 1]);
    expect(Math.max(first, second)).toBe(120);
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^Ignores a hit/ }).waitFor({
      ...{ ...PATIENT, state: 'detached' },
    });
    expect(await counts()).toMatchObject({ retrieval_miss: 200 });
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('where two disagree, a third settles it without their names, and it counts', async () => {
    const [subject = ''] = await pages.failures();
    const queue = await pages.newQueue({ name: 'Settle', annotators: 2, blind: true }, [subject]);
    for (const [by, key, note] of [
      ['Ada', '1', 'The number stands nowhere'],
      ['Ben', '3', 'It calls the tool again and again'],
    ] as const) {
      const { page, close } = await open(`/label?queue=${queue}`, { by });
      await page.locator('.message').first().waitFor(PATIENT);
      await page.keyboard.press(key);
      await page.keyboard.press('n');
      await page.keyboard.type(note);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.getByText('Nothing is left for you here').waitFor(PATIENT);
      await close();
    }
    const { page, complaints, close } = await open('/agreement', { by: 'Cleo' });
    const open_ = page.locator('.disagreement').first();
    await open_.getByText('It calls the tool again and again').waitFor(PATIENT);
    expect(await open_.textContent()).toContain('The number stands nowhere');
    expect(await page.locator('main').textContent()).not.toMatch(/Ada|Ben/);
    await open_.getByLabel('What holds').selectOption('agent_loop');
    await open_.getByLabel('Reason').fill('Three equal calls');
    await open_.getByRole('button', { name: 'Settle' }).click();
    await open_.getByText('Three equal calls').waitFor(PATIENT);
    const settled = (await pages.labelsOf(queue)).find(({ settles }) => settles);
    expect(settled).toMatchObject({
      ...{ person: 'Cleo', category: 'agent_loop', note: 'Three equal calls' },
    });
    await page.keyboard.press('u');
    await open_.getByRole('button', { name: 'Settle' }).waitFor(PATIENT);
    expect((await pages.labelsOf(queue)).some(({ settles }) => settles)).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  test('α of the published example is that of the publication, and shown', async () => {
    // Krippendorff (2011), section C, four times over, so that 30 items and more have two answers: the same coefficient but
    // for its correction for small samples.
    const given = {
      Ada: [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      Ben: [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      Cleo: [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      Dora: [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    };
    const kinds = [
      'agent_loop',
      'gave_up',
      'hallucinated_entity',
      'schema_violation',
      'tool_wrong_tool',
    ];
    const subjects = Array.from({ length: 48 }, (_, at) => `alpha-${at}`);
    const queue = await pages.newQueue({ name: 'Published', annotators: 4 }, subjects);
    const { items } = (await server.get(
      `/queues/${queue}/items?limit=100`,
    )) as Routes['GET /queues/{id}/items']['answer'];
    for (const { id, subject } of items)
      for (const [by, answers] of Object.entries(given)) {
        const answer = answers[Number(subject.slice(6)) % 12] ?? null;
        if (answer === null) continue;
        await pages.answer(by, id, { category: kinds[answer - 1] });
      }
    const pairable = 40 * 4;
    const exact = 1 - (1 - 0.743421052631579) * ((pairable - 1) / (pairable - 4));
    const { page, close } = await open('/agreement');
    await page.getByLabel('Labels of').selectOption({ label: 'Published' });
    const alpha = page.locator('.pairs div', { hasText: 'Krippendorff' }).locator('b');
    await expect.poll(() => alpha.textContent(), PATIENT).toBe(exact.toFixed(2));
    await page.getByText('May gate.').waitFor(PATIENT);
    await close();
  }, 120_000);

  test.each(['light', 'dark'] as const)(
    'axe finds nothing, %s',
    async (scheme) => {
      const queue = await pages.newQueue({ name: `Looked at, ${scheme}` });
      for (const width of [1280, 390]) {
        const { page, complaints, close } = await open('/label', { scheme, width });
        await withoutEvents(page);
        for (const path of ['/label', `/label?queue=${queue}`, '/taxonomy', '/agreement']) {
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
