import { describe, expect, test } from 'vitest';
import { starterTaxonomy } from '../taxonomy.ts';
import { nameOf, tellApart } from './name-of.ts';
import { sharedByTenants } from './tenants-of-terms.ts';
import { wordsOf } from './words.ts';

const repeat = (value: string, count: number): string[] =>
  Array.from({ length: count }, () => value);
const terms = ['refund', 'order', 'late', 'tent'].map((term) => ({ term, score: 3 }));
const tools = new Set<string>();
const categories = [...repeat('agent_loop', 4), ...repeat('retrieval_miss', 6)];

describe('the name of a cluster', () => {
  test.each([
    {
      name: 'is the summary that 30% of one category share',
      input: {
        categories: repeat('agent_loop', 10),
        summaries: [...repeat('it loops', 3), ...repeat('', 7)],
      },
      expected: 'it loops',
    },
    {
      name: 'is the category with the three first terms when no summary is that common',
      input: { categories: repeat('agent_loop', 10), summaries: ['a', 'b', ...repeat('', 8)] },
      expected: 'Agent loop: “refund”, “order”, “late”',
    },
    {
      name: 'counts the categories when none holds half',
      input: {
        categories: [
          ...repeat('agent_loop', 4),
          ...repeat('retrieval_miss', 3),
          ...repeat('truncation', 3),
        ],
        summaries: [...repeat('it loops', 4), ...repeat('', 6)],
      },
      expected: 'Mixed: agent loop 40%, retrieval miss 30%, truncated output 30%',
    },
    {
      name: 'follows the category of the most',
      input: { categories, summaries: repeat('', 10) },
      expected: 'Retrieval miss: “refund”, “order”, “late”',
    },
  ])('$name', ({ input, expected }) => {
    expect(nameOf({ ...input, terms, tools, taxonomy: starterTaxonomy })).toBe(expected);
  });

  test('is the category alone without terms', () => {
    const input = {
      categories,
      summaries: repeat('', 10),
      terms: [],
      tools,
      taxonomy: starterTaxonomy,
    };
    expect(nameOf(input)).toBe('Retrieval miss');
  });
});

describe('clusters of the same name', () => {
  const own = (...words: string[]) => words.map((term) => ({ term, score: 3 }));

  test('are told apart by two terms of their own', () => {
    const names = ['it loops', 'it breaks', 'it loops', 'it loops'];
    expect(tellApart(names, [own('a', 'b', 'c'), own('d'), own('e'), []])).toEqual([
      'it loops: “a”, “b”',
      'it breaks',
      'it loops: “e”',
      'it loops',
    ]);
  });

  test('do not repeat a term that is in the name', () => {
    const names = ['Agent loop: “a”', 'Agent loop: “a”'];
    expect(tellApart(names, [own('a', 'b'), own('a')])).toEqual([
      'Agent loop: “a”, “b”',
      'Agent loop: “a”',
    ]);
  });
});

describe('terms in titles', () => {
  const documents = ['refund tent', 'refund acmecoin', 'acmecoin'].map((text) => wordsOf(text));

  test('occur in the traces of more than one tenant', () => {
    const fits = sharedByTenants(documents, ['a', 'b', 'b']);
    expect(['refund', 'tent', 'acmecoin'].map(fits)).toEqual([true, false, false]);
  });

  test('are any where there is one tenant', () => {
    expect(sharedByTenants(documents, ['a', 'a', 'a'])('acmecoin')).toBe(true);
  });
});
