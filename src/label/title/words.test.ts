import { describe, expect, test } from 'vitest';
import { makeTrace } from '../../testing/trace.ts';
import { proseWords } from '../../text/prose-words.ts';
import { namesIn } from './names.ts';
import { wordsOf } from './words.ts';

describe('words', () => {
  test.each([
    { text: 'I want the refund of my order', words: ['order', 'refund', 'want'] },
    { text: 'Order 123456 is late', words: ['late', 'order'] },
    { text: 'Tür öffnen', words: ['tür', 'tür öffnen', 'öffnen'] },
    { text: '', words: [] },
    { text: 'Mail rosa.weber14@example.com now!', words: ['mail'] },
    { text: 'see https://shop.example.com/help?x=a or www.shop.com', words: ['see'] },
    { text: 'read report.pdf of example.org', words: ['read'] },
    { text: 'order ord-77ab and acc_9f3 of 4f1c-deadbeef', words: ['order'] },
    {
      text: '{"answer":"Refund failed.","next_step":"contact"}',
      words: ['answer', 'contact', 'failed', 'next_step', 'refund', 'refund failed'],
    },
    { text: 'It broke. Refund it', words: ['broke', 'refund'] },
    { text: 'I’m sorry, it’s broken', words: ['broken', 'sorry'] },
    { text: 'well-known issue', words: ['issue', 'well-known', 'well-known issue'] },
  ])('in "$text" are $words', ({ text, words }) => {
    expect([...wordsOf(text)].sort()).toEqual(words);
  });

  test('exclude the given words and pairs with them', () => {
    expect([...wordsOf('refund rosa quickly', new Set(['rosa']))]).toEqual(['refund', 'quickly']);
  });

  test('take linear time in a long text without spaces', () => {
    const found = wordsOf('a.'.repeat(1_000_000));
    expect(found.size).toBe(0);
  });
});

describe('names', () => {
  const namesOf = (...texts: string[]): string[] =>
    [...namesIn(texts.map(proseWords), [])].filter((name) => !/['’]/.test(name)).sort();

  test.each([
    { text: 'Refund the tent of Rosa Weber please', names: ['rosa', 'weber'] },
    { text: 'Rosa wants a refund. Tents broke', names: [] },
    { text: '{"name":"Rosa"}', names: [] },
    { text: 'answer in JSON or SQL please', names: [] },
    { text: 'Die Rechnung ist falsch und der Betrag auch', names: [] },
  ])('in "$text" are $names', ({ text, names }) => {
    expect(namesOf(text)).toEqual(names);
  });

  test('exclude words that are also written in lowercase', () => {
    expect(namesOf('Cancel the Order now', 'my order is late')).toEqual([]);
  });

  test('include the words of user, tenant and session', () => {
    const trace = makeTrace({ user: 'rosa', tenant: 'nordic-home', session: null });
    expect(namesIn([], [trace])).toEqual(new Set(['rosa', 'nordic-home']));
  });
});
