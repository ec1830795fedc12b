import { describe, expect, test } from 'vitest';
import { countTerms, type DistinctiveTerm, distinctiveTerms } from './distinctive-terms.ts';
import { wordsOf } from './words.ts';

const documents = (...texts: string[]): Set<string>[] => texts.map((text) => wordsOf(text));
const termsOf = (inside: Set<string>[], outside: Set<string>[]): DistinctiveTerm[] =>
  distinctiveTerms(countTerms(inside), countTerms([...inside, ...outside]), 5);
const repeat = (text: string, times: number): string[] => Array.from({ length: times }, () => text);

describe('distinctive terms', () => {
  test('are the terms that only the class has', () => {
    const inside = documents(...repeat('refund of my order failed', 20));
    const outside = documents(...repeat('where is my order now', 20));
    const terms = termsOf(inside, outside).map(({ term }) => term);
    expect(terms).toContain('order failed');
    expect(terms.join(' ')).toContain('refund');
    expect(terms.join(' ')).not.toContain('where');
  });

  test('are empty if the class is like the rest', () => {
    const same = documents(...repeat('the same words here', 30));
    expect(termsOf(same, same)).toEqual([]);
  });

  test('have the z-score of Monroe et al., equation 22', () => {
    // y1=400 of n1=400, y2=0 of n2=400, prior 0.1·400 = 40 of 80:
    // δ = ln(440/40) − ln(40/440) = 4.795791; σ² = 1/440 + 1/40; z = 29.04
    const [term] = termsOf(documents(...repeat('alpha', 400)), documents(...repeat('beta', 400)));
    expect(term).toEqual({ term: 'alpha', score: 29.04 });
  });

  test('exclude terms that occur once', () => {
    expect(termsOf(documents('singular', 'other'), documents(...repeat('x', 500)))).toEqual([]);
  });
});
