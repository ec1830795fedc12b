import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChangeReport, DiffReport } from '../src/contract/change-report.ts';
import type { CauseChange } from '../src/contract/diff.ts';
import { type DiffResult, diff, tenants, trend } from '../src/culprit.ts';
import { twoDigits } from '../src/text/format.ts';
import { statementText } from '../src/text/statement.ts';
import { brokenRules, chromiumPath, lowContrast } from './browser.ts';
import { NARROW, PATIENT, pageBrowser, shown, title } from './report-page.ts';

if (chromiumPath === null) {
  console.log(
    'pages of changes in a browser: skipped, no Chromium found (set CHROMIUM to its path)',
  );
}

const PAYLOAD = '</script><img src=x onerror="window.pwned=1"> `x` javascript:alert(1)';
const OPTIONS = { embedder: 'lexical' } as const;
const DAY = 86_400_000;
const ROOMS = ['kitchen', 'garden', 'bathroom', 'hall', 'cellar'];

/** Rows of two versions, one a day older than the other: a refusal that stays, timeouts that go, a rate limit that comes. */
function rowsOf(version: string, timeouts: number, limited: number): readonly object[] {
  return Array.from({ length: 240 }, (_, at) => {
    const row = {
      trace_id: `${version}-${at}`,
      prompt_version: version,
      tenant: at % 15 === 1 ? 'west' : at % 3 === 0 ? 'north' : 'south',
      start_time: new Date(
        Date.UTC(2026, 5, version === 'v1' ? 1 : 7) + (at % 6) * DAY + at * 60_000,
      ).toISOString(),
      input: `Which lamp number ${at} fits the ${ROOMS[at % 5]} of my house best?`,
      output: `Lamp ${at} fits best, because it is bright and small.`,
      status: 'ok',
    };
    if (at % 8 === 1)
      return { ...row, output: `I'm sorry, but I can't help with that request. ${PAYLOAD}` };
    if (at % 8 === 2 && at < 8 * timeouts)
      return { ...row, output: '', status: 'error', error: `timeout after ${at} s` };
    if (at % 8 === 3 && at < 8 * limited)
      return { ...row, output: '', status: 'error', error: 'HTTP 429: too many requests' };
    return row;
  });
}

const bytes = new TextEncoder().encode(
  [...rowsOf('v1', 30, 0), ...rowsOf('v2', 2, 30)].map((row) => JSON.stringify(row)).join('\n'),
);

describe.skipIf(chromiumPath === null)('pages of changes in a browser', () => {
  const { open } = pageBrowser<ChangeReport>('change');
  let found: DiffResult;
  let report: DiffReport;
  const changed = (): readonly CauseChange[] =>
    report.diff.causes.filter(({ state }) => state !== 'same' && state !== 'cannot tell');
  const twoSided = (): CauseChange =>
    report.diff.causes.find(({ before, after }) => before.events > 20 && after.events > 20)!;
  const to = (page: Page, hash: string): Promise<void> =>
    page.evaluate((there) => {
      location.hash = there;
    }, hash);

  beforeAll(async () => {
    found = await diff(bytes, { ...OPTIONS, by: 'promptVersion' });
    report = { kind: 'diff', version: 1, diff: found.diff, report: found.report };
  }, 60_000);

  test('the sentence comes first, then what changed with both rates; chance is folded', async () => {
    const { page, close } = await open(report);
    expect(await title(page)).toBe(shown(statementText(report.diff.headline)));
    const rows = page.locator('.change-row:visible');
    expect(await rows.count()).toBe(changed().length);
    const [first] = changed();
    const text = (await rows.first().textContent()) ?? '';
    expect(text).toContain(shown(first?.title));
    expect(text).toContain(twoDigits(first?.after.ratePerThousand ?? Number.NaN));
    expect(text).toContain(`${first?.after.events} of ${first?.after.exposures}`);
    await page.keyboard.press('u');
    await page.locator('[aria-keyshortcuts="u"][aria-expanded="true"]').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('nothing-has-this');
    await expect.poll(() => page.url(), PATIENT).toContain('#home?q=nothing-has-this');
    expect(await page.locator('.change-row').count()).toBe(0);
    await close();
  });

  test('dots stand where the rates are, on one axis for all', async () => {
    const { page, close } = await open(report);
    const cause = changed()[0]!;
    const drawn = await page
      .locator('.rate-dots')
      .first()
      .evaluate((box) => {
        const { left, width } = box.getBoundingClientRect();
        return [...box.querySelectorAll('.whisker-dot')].map((dot) => {
          const at = dot.getBoundingClientRect();
          return (at.left + at.width / 2 - left) / width;
        });
      });
    const ticks = await page.locator('.ticks > span').allTextContents();
    const end = Number(ticks.at(-1)?.replaceAll(',', ''));
    expect(drawn[0]).toBeCloseTo((cause.before.ratePerThousand ?? 0) / end, 1);
    expect(drawn[1]).toBeCloseTo((cause.after.ratePerThousand ?? 0) / end, 2);
    await close();
  });

  test('a cause shows failures of both sides; keys turn them, and go on to the next cause', async () => {
    const both = twoSided();
    const { page, close } = await open(report, { hash: `#${both.id}` });
    expect(await title(page)).toBe(shown(both.title));
    const ids = page.locator('.exemplars .card h2 .link');
    expect(await ids.allTextContents()).toEqual([
      both.before.exemplars[0]?.slice(0, 12),
      both.after.exemplars[0]?.slice(0, 12),
    ]);
    expect(await page.locator('.exemplars .messages').count()).toBe(2);
    await page.keyboard.press(']');
    await expect
      .poll(() => ids.nth(1).textContent(), PATIENT)
      .toBe(both.after.exemplars[1]?.slice(0, 12));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url(), PATIENT).toMatch(/#home$/);
    await page.locator('.change-row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.figures').waitFor();
    await close();
  });

  test('exemplars of both sides have their messages in the file', () => {
    const there = new Set(found.report.traces.map(({ id }) => id));
    const wanted = found.diff.causes.flatMap(({ before, after }) => [
      ...before.exemplars,
      ...after.exemplars,
    ]);
    expect(wanted.filter((id) => !there.has(id))).toEqual([]);
    expect(there.size).toBe(found.report.traces.length);
  });

  test('the map shows one side or both', async () => {
    const { page, close } = await open(report, { hash: '#map' });
    const counts = async (): Promise<number> =>
      (await page.locator('.legend .dim').allTextContents()).reduce(
        (sum, text) => sum + Number(text),
        0,
      );
    const sides = report.diff.failures;
    expect(await counts()).toBe(sides.length);
    await page.keyboard.press('b');
    await expect.poll(() => page.url(), PATIENT).toMatch(/#map\?side=before$/);
    expect(await counts()).toBe(sides.filter(({ side }) => side === 'before').length);
    await close();
  });

  test('text of traces stays text', async () => {
    const { page, close } = await open(report, { hash: `#${twoSided().id}` });
    expect(await page.locator('.exemplars').textContent()).toContain(PAYLOAD);
    expect(await page.locator('#root img, #root script').count()).toBe(0);
    expect(await page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined();
    await close();
  });

  test('without rates there are counts and no axis', async () => {
    const none = await diff(bytes, { ...OPTIONS, by: 'promptVersion', all: true });
    const { page, close } = await open({ ...report, diff: none.diff, report: none.report });
    expect(await page.locator('.rate-dots, .slopes').count()).toBe(0);
    expect(await page.locator('.change-row .cell-rate').first().textContent()).toMatch(/ of 240$/);
    await close();
  });

  test('tenants: rates and lifts; hidden cells say why', async () => {
    const table = await tenants(bytes, OPTIONS);
    const { page, close } = await open({ kind: 'tenants', version: 1, tenants: table });
    expect(await title(page)).toBe(shown(statementText(table.headline)));
    const heads = await page.locator('.heat thead .heat-version').allTextContents();
    expect(heads).toEqual(['All', ...table.tenants.map(({ name }) => name)]);
    const hidden = page.locator('.heat td [data-mark="hidden"]');
    const cells = table.causes.flatMap((cause) => cause.cells);
    expect(cells.some(({ isHidden }) => isHidden)).toBe(true);
    expect(await hidden.count()).toBeGreaterThanOrEqual(
      cells.filter(({ isHidden }) => isHidden).length,
    );
    expect(await hidden.last().getAttribute('title')).toMatch(/^Hidden/);
    expect(await brokenRules(page)).toEqual([]);
    await close();
  });

  test('trends: versions as a heat map, days as lines with changes', async () => {
    const byVersion = await trend(bytes, { ...OPTIONS, by: 'promptVersion' });
    const versions = await open({ kind: 'trend', version: 1, trend: byVersion });
    expect(await versions.page.locator('.heat .heat-cell').count()).toBe(
      byVersion.groups.length * (byVersion.causes.length + 1),
    );
    const cell = versions.page.locator('.heat tbody tr').nth(1).locator('.heat-cell').first();
    expect(await cell.textContent()).toContain('%');
    await versions.page.keyboard.press('v');
    const rate = byVersion.causes[0]?.cells[0]?.ratePerThousand ?? Number.NaN;
    await expect
      .poll(() => cell.textContent(), PATIENT)
      .toMatch(new RegExp(`^${twoDigits(rate).replace('.', '\\.')}`));
    expect(await brokenRules(versions.page)).toEqual([]);
    await versions.close();

    const byDay = await trend(bytes, { ...OPTIONS, by: 'day' });
    const days = await open({ kind: 'trend', version: 1, trend: byDay }, { viewport: NARROW });
    const moved = byDay.causes.reduce((sum, each) => sum + (each.changePoints?.length ?? 0), 0);
    expect(moved).toBeGreaterThan(0);
    const more =
      (byDay.failing.changePoints?.length ?? 0) +
      byDay.scores.reduce((sum, each) => sum + (each.changePoints?.length ?? 0), 0);
    expect(await days.page.locator('.time-mark[data-kind="change"]').count()).toBe(moved + more);
    expect(await brokenRules(days.page)).toEqual([]);
    await days.page.emulateMedia({ colorScheme: 'dark' });
    expect(await lowContrast(days.page)).toEqual([]);
    await days.close();
  });

  test('is accessible, readable in light and dark, fits a phone, and prints what is folded', async () => {
    const { page, close } = await open(report);
    const hashes = [
      '#home',
      `#${changed()[0]?.id}`,
      '#map',
      `#t-${changed()[0]?.after.exemplars[0]}`,
    ];
    for (const hash of hashes) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await to(page, hash);
      await page.locator('h1').first().waitFor();
      expect(await brokenRules(page), hash).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await lowContrast(page), `${hash} ${colorScheme}`).toEqual([]);
      }
      await page.setViewportSize(NARROW);
      const wide = await page.evaluate(() => document.querySelector('.main')?.scrollWidth ?? 0);
      expect(wide, hash).toBeLessThanOrEqual(NARROW.width);
    }
    await to(page, '#home');
    await page.locator('.change-row').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.rail').isVisible()).toBe(false);
    expect(await page.locator('.change-row:visible').count()).toBe(report.diff.causes.length);
    await close();
  });

  test('rejects data of another version with a message', async () => {
    const { page, close } = await open({ ...report, version: 9 } as unknown as DiffReport);
    expect(await page.locator('.empty').textContent()).toContain('version 9');
    await close();
  });
});
