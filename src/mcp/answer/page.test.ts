import { describe, expect, test } from 'vitest';
import type { Answer, Fields } from './answer.ts';
import { pageOf } from './page.ts';
import { recorded } from './recorded.ts';

const MOST_CHARACTERS = 8_000;

const next = { tool: 'overview', why: 'go on' };

const answerOf = (items: readonly Fields[]): Answer => ({
  facts: { id: 'c-1', title: recorded('a `name` of an application') },
  list: { name: 'parts', items },
  next,
});

/** All pages, following the cursors. */
function pagesOf(answer: Answer) {
  const pages = [pageOf(answer, undefined)];
  for (let cursor = cursorOf(pages[0]!); cursor !== undefined; cursor = cursorOf(pages.at(-1)!)) {
    pages.push(pageOf(answer, cursor));
    if (pages.length > 1_000) throw new Error('the pages do not end');
  }
  return pages;
}

const cursorOf = ({ structured }: ReturnType<typeof pageOf>) =>
  structured['cursor'] as string | undefined;

const itemsOf = ({ structured }: ReturnType<typeof pageOf>) =>
  structured['parts'] as readonly (Fields & { readonly text?: { readonly recorded: string } })[];

describe('an answer in pages', () => {
  test('fits on one where it is short', () => {
    const { structured, text } = pageOf(answerOf([{ part: 'one' }, { part: 'two' }]), undefined);
    expect(structured).toEqual({
      ...{ id: 'c-1', title: { recorded: 'a `name` of an application' } },
      ...{ parts: [{ part: 'one' }, { part: 'two' }], cut: null, next },
    });
    expect(text).toBe(
      'id: c-1\ntitle: ``a `name` of an application``\nparts:\n- part: one\n- part: two\nnext: tool: overview · why: go on',
    );
  });

  test('has every item once, and long texts in pieces that join to the whole', () => {
    const long = Array.from({ length: 30_000 }, (_, at) => `${at} \u{1f600}`).join('\n');
    const short = Array.from({ length: 300 }, (_, at) => ({
      part: `p${at}`,
      text: recorded(`${at}`),
    }));
    const pages = pagesOf(
      answerOf([
        ...short.slice(0, 150),
        { part: 'long', text: recorded(long) },
        ...short.slice(150),
      ]),
    );
    for (const { text, structured } of pages) {
      expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(JSON.stringify(structured).length).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(text.isWellFormed()).toBe(true);
    }
    const items = pages.flatMap(itemsOf);
    const pieces = items.filter(({ part }) => part === 'long');
    expect(pieces.map(({ text }) => text?.recorded).join('')).toBe(long);
    expect(items.filter(({ part }) => part !== 'long').map(({ part }) => part)).toEqual(
      short.map(({ part }) => part),
    );
  });

  test('counts what is cut', () => {
    const items = Array.from({ length: 100 }, (_, at) => ({ part: `p${at}`.padEnd(300, 'x') }));
    const page = pageOf(answerOf(items), undefined);
    const shown = itemsOf(page).length;
    expect(shown).toBeGreaterThan(10);
    expect(page.structured['cut']).toMatchObject({ parts: 100 - shown, of: 100 });
    expect(page.text).toContain(`cut: parts: ${100 - shown} · of: 100`);
  });

  test('knows a cursor of another answer', () => {
    const items = Array.from({ length: 100 }, (_, at) => ({ part: `p${at}`.padEnd(300, 'x') }));
    const cursor = cursorOf(pageOf(answerOf(items), undefined));
    const changed = answerOf(items.with(0, { part: 'another' }));
    expect(() => pageOf(changed, cursor)).toThrow('ask again without it');
    for (const strange of ['', '1', '1.2', `${'9'.repeat(20)}.0.00000000`, '0.0.zzzzzzzz'])
      expect(() => pageOf(answerOf(items), strange)).toThrow('ask again without it');
  });

  test('a list without items is said to be empty', () => {
    expect(pageOf(answerOf([]), undefined).text).toContain('parts: none');
  });
});
