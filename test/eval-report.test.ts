import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EvalReport, HistoryReport } from '../src/contract/eval-report.ts';
import type { TargetAnswer } from '../src/contract/eval-target.ts';
import { historyOf } from '../src/verify/results/history.ts';
import { allOf, answered, lampSuite } from '../src/verify/testing/attempts.ts';
import { type Evaluated, evaluated, reportOf } from '../src/verify/testing/evaluated.ts';
import { brokenRules, chromiumPath, lowContrast } from './browser.ts';
import { NARROW, type OpenOptions, PATIENT, pageBrowser, title } from './report-page.ts';

if (chromiumPath === null) {
  console.log(
    'report of a run in a browser: skipped, no Chromium found (set CHROMIUM to its path)',
  );
}

const PAYLOAD = '</script><img src=x onerror="window.pwned=1"> refund `x` javascript:alert(1)';
const bad = (): TargetAnswer => answered('You get a refund today.');
const good = (): TargetAnswer => answered('I have sent a new one.');
const nasty = (): TargetAnswer => answered(PAYLOAD);
const down: TargetAnswer = {
  ...{ kind: 'failed', code: 'exit_69', message: 'no endpoint', isInfrastructure: true },
};
const suites = allOf(lampSuite(12));
const isBefore = (key: string): boolean => key.startsWith('baseline');
const against = { baseline: 'v4', id: 'v5' };

describe.skipIf(chromiumPath === null)('report of a run in a browser', () => {
  const { open } = pageBrowser<EvalReport | HistoryReport>('eval');
  const opened = async (run: Promise<Evaluated>, options?: OpenOptions) =>
    open(await reportOf(await run), options);
  let improved: Evaluated;
  let report: EvalReport;

  beforeAll(async () => {
    improved = await evaluated(suites, (key) => (isBefore(key) ? nasty() : good()), against);
    report = await reportOf(improved);
  }, 60_000);

  const text = async (page: Page): Promise<string> =>
    ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');

  test('the verdict comes first, then guards, controls and slice with intervals, then what to do', async () => {
    const { page, close } = await open(report);
    expect(await page.locator('.stamp').textContent()).toBe('Improved');
    expect(await title(page)).toContain('The slice rose: 0% to 100%');
    expect(await page.locator('.verdict-figures').textContent()).toMatch(/^12 better, 0 worse, p /);
    const cells = await page.locator('.cause-verdicts td').allTextContents();
    expect(cells[0]).toMatch(/^1 of 1 at least 21%/);
    expect(cells[2]).toMatch(/^12 of 12 at least 76%/);
    expect(cells[3]).toMatch(/^\+100.*12 better, 0 worse/);
    expect(await page.locator('.rate-line').count()).toBe(3);
    expect(await text(page)).toContain('What to doCommit the suites.');
    expect(await page.title()).toMatch(/^Improved: The slice rose/);
    await close();
  });

  test('a case shows before and after, aligned to the first difference, with evidence of the check', async () => {
    const { page, close } = await open(report, { hash: '#c-1a2b3c4d/guard-1' });
    expect(await title(page)).toBe('My lamp b0 broke');
    const heads = await page.locator('.pair-head').allTextContents();
    expect(heads[0]).toMatch(/^Before, fails ?v4 · attempt 1/);
    expect(heads[1]).toMatch(/^After, passes ?v5 · attempt 1/);
    expect(await page.locator('.pair-difference').textContent()).toBe(
      'First difference: v5 says it in other words',
    );
    expect(await page.locator('.pair-step mark').allTextContents()).toEqual([
      PAYLOAD,
      'I have sent a new one.',
    ]);
    expect(await page.locator('.checks').textContent()).toContain('left:');
    await close();
  });

  test('text of targets stays text', async () => {
    const { page, close } = await open(report, { hash: '#c-1a2b3c4d/guard-1' });
    expect(await page.locator('.pair').textContent()).toContain(PAYLOAD);
    expect(await page.locator('#root img, #root script').count()).toBe(0);
    expect(await page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined();
    const links = await page
      .locator('#root a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(links.filter((href) => href?.startsWith('#') !== true)).toEqual([]);
    await close();
  });

  test('keys move through cases, attempts, search and help; every view has its address', async () => {
    const { page, close } = await open(report);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.pair').waitFor();
    const hash = () => page.evaluate(() => location.hash);
    const first = await hash();
    // The address changes at once, the screen a moment later: the next key waits for the screen.
    const named = await title(page);
    await page.keyboard.press('j');
    await expect.poll(() => title(page), PATIENT).not.toBe(named);
    expect(await hash()).not.toBe(first);
    await page.keyboard.press('k');
    await expect.poll(() => title(page), PATIENT).toBe(named);
    expect(await hash()).toBe(first);
    await page.keyboard.press(']');
    await expect
      .poll(() => page.locator('.pair-head').nth(1).textContent(), PATIENT)
      .toContain('attempt 2');
    expect(await hash()).toBe(`${first}?right=candidate-2`);
    await page.keyboard.press('{');
    await expect.poll(hash, PATIENT).toBe(`${first}?left=recorded-1&right=candidate-2`);
    await expect
      .poll(() => page.locator('.pair-head').first().textContent(), PATIENT)
      .toContain('Recorded, fails');
    await page.keyboard.press('e');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName), PATIENT)
      .toBe('MARK');
    await page.keyboard.press('/');
    await page.keyboard.type('b7');
    await expect.poll(hash, PATIENT).toBe('#cases?q=b7');
    await expect.poll(() => title(page), PATIENT).toBe('1 of 14 cases');
    await page.keyboard.press('Enter');
    await page.keyboard.press('?');
    expect(await page.locator('dialog[open]').textContent()).toContain('next attempt on the right');
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await page.locator('.stamp').waitFor();
    await close();
  });

  test.each<[string, () => Promise<Evaluated>, RegExp, RegExp]>([
    [
      'Regressed',
      () => evaluated(suites, (key) => (isBefore(key) ? good() : bad()), against),
      /passed before and fails now/,
      /passed before/,
    ],
    [
      'No evidence',
      () => evaluated(suites, good, against),
      /No case of the slice changed/,
      /14 cases/,
    ],
    ['Fail', () => evaluated(suites, bad, { id: 'v5' }), /1 of 1 guard fails/, /needs a baseline/],
    [
      'No evidence',
      () => evaluated(suites, (key) => (key.endsWith('1') ? bad() : good()), { id: 'v5' }),
      /flaky/,
      /passes 1 of 2/,
    ],
    [
      'Infrastructure',
      () => evaluated(suites, () => down, { id: 'v5' }),
      /was not reached/,
      /Not judged.*exit_69 in 14 casesno endpoint/,
    ],
    [
      'Incomplete',
      () => evaluated(suites, good, { id: 'v5', stopAfter: 5 }),
      /attempts were made/,
      /It was stopped.*attempts missing/,
    ],
  ])('%s: %#', async (word, run, sentence, says) => {
    const { page, close } = await opened(run());
    expect(await page.locator('.stamp').textContent()).toBe(word);
    expect(await title(page)).toMatch(sentence);
    expect(await text(page)).toMatch(says);
    await page.locator('.case-link').first().click();
    await page.locator('.pair').waitFor();
    await close();
  });

  test('a relocated failure and an empty run say so', async () => {
    const moved = structuredClone(report) as {
      -readonly [Key in keyof EvalReport]: EvalReport[Key];
    };
    const relocation = { cause: 'agent_loop same call', fell: 1, rose: 1, p: 0.001 };
    const [cause] = moved.causes;
    moved.judgment = { ...moved.judgment, verdict: 'relocated', sentence: 'the failures moved' };
    moved.causes = [
      {
        ...cause!,
        judgment: { ...cause!.judgment, verdict: 'relocated', step: 'relocation', relocation },
      },
    ];
    const first = await open(moved);
    expect(await first.page.locator('.rules [data-result="no"]').textContent()).toContain(
      'agent_loop same call rose by 100%',
    );
    await first.close();
    const integrity = { planned: 0, attempted: 0, completed: 0, judged: 0, errors: [] };
    const nothing = {
      ...{ ...report, causes: [], packs: [], baseline: null },
      judgment: {
        verdict: 'incomplete' as const,
        exitCode: 2,
        integrity,
        sentence: 'nothing evaluated: evals holds no suite',
      },
    };
    const second = await open(nothing);
    expect(await title(second.page)).toContain('Nothing evaluated: evals holds no suite');
    await second.close();
  });

  test('the history shows which cause came back, and what was left out', async () => {
    const runs = [
      await evaluated(suites, good, { id: 'v1' }),
      await evaluated(suites, bad, { id: 'v2' }),
      await evaluated(suites, bad, { id: 'v3', stopAfter: 2 }),
    ];
    const titles = new Map([['c-1a2b3c4d', 'A `refund` is promised']]);
    const history = historyOf(
      runs.map(({ log }) => log),
      titles,
    );
    const data: HistoryReport = {
      ...{ kind: 'history', version: 1, toolVersion: '0.1.0', path: 'evals', history },
    };
    const { page, close } = await open(data);
    expect(await title(page)).toBe('A refund is promised came back in v2');
    expect(await page.locator('.heat tbody .heat-cell').allTextContents()).toEqual([
      '100%',
      '0% ↩ came back',
    ]);
    expect(await text(page)).toContain('left out: 1 run without a result');
    expect(await brokenRules(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await lowContrast(page)).toEqual([]);
    await close();
  });

  test('is accessible, and readable in light and dark', async () => {
    const { page, close } = await open(report);
    for (const hash of ['#home', '#cases', '#c-1a2b3c4d/guard-1', '#about']) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator('h1').first().waitFor();
      expect(await brokenRules(page), hash).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await lowContrast(page), `${hash} ${colorScheme}`).toEqual([]);
      }
    }
    await close();
  });

  test('fits a phone, and prints without its frame', async () => {
    const { page, close } = await open(report, { viewport: NARROW });
    for (const hash of ['#home', '#cases', '#c-1a2b3c4d/guard-1', '#about']) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator('h1').first().waitFor();
      const wide = await page.evaluate(() => document.querySelector('.main')?.scrollWidth ?? 0);
      expect(wide, hash).toBeLessThanOrEqual(NARROW.width);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.rail').isVisible()).toBe(false);
    await close();
  });

  test('rejects data of another version with a message', async () => {
    const { page, close } = await open({ ...report, version: 9 } as unknown as EvalReport);
    expect(await page.locator('.empty').textContent()).toContain('version 9');
    await close();
  });
});
