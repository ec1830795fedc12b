import { describe, expect, test } from 'vitest';
import { distinctiveTerms } from './distinctive-terms.ts';
import { wordsOf } from './words.ts';

const documents = (...texts: string[]): Set<string>[] => texts.map(wordsOf);
const repeat = (text: string, times: number): string[] => Array.from({ length: times }, () => text);

describe('distinctive terms', () => {
  test('are those of the inside that the outside lacks', () => {
    const inside = documents(...repeat('refund of my order failed', 20));
    const outside = documents(...repeat('where is my order now', 20));
    const terms = distinctiveTerms(inside, outside, 5).map(({ term }) => term);
    expect(terms).toContain('order failed');
    expect(terms.join(' ')).toContain('refund');
    expect(terms.join(' ')).not.toContain('where');
  });

  test('are none when inside and outside are alike', () => {
    const same = documents(...repeat('the same words here', 30));
    expect(distinctiveTerms(same, same, 5)).toEqual([]);
  });

  test('have the z of Monroe et al. equation 22', () => {
    // y1=400 of n1=400, y2=0 of n2=400, prior 0.1·400 = 40 of 80:
    // δ = ln(440/40) − ln(40/440) = 4.795791; σ² = 1/440 + 1/40; z = 29.04
    const [term] = distinctiveTerms(
      documents(...repeat('alpha', 400)),
      documents(...repeat('beta', 400)),
      5,
    );
    expect(term).toEqual({ term: 'alpha', score: 29.04 });
  });

  test('leave out what occurs once', () => {
    expect(
      distinctiveTerms(documents('singular', 'other'), documents(...repeat('x', 500)), 5),
    ).toEqual([]);
  });
});

describe('words', () => {
  test.each([
    { text: 'I want the refund of my order', words: ['order', 'refund', 'want'] },
    { text: 'Order 123456 is late', words: ['late', 'order'] },
    { text: 'Tür öffnen', words: ['tür', 'tür öffnen', 'öffnen'] },
    { text: '', words: [] },
  ])('of "$text" are $words', ({ text, words }) => {
    expect([...wordsOf(text)].sort()).toEqual(words);
  });
});
