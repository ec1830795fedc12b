import { describe, expect, test } from 'vitest';
import type { Category } from '../../contract/category.ts';
import type { Statement } from '../../contract/signal.ts';
import { sentence } from '../../text/statement.ts';
import { sharedByTenants } from './tenants-of-terms.ts';
import { titleText } from './title.ts';
import { disambiguate, titleOf } from './title-of.ts';
import { wordsOf } from './words.ts';

const repeat = (value: string, count: number): string[] =>
  Array.from({ length: count }, () => value);
const terms = ['refund', 'order', 'late', 'tent'].map((term) => ({ term, score: 3 }));
const taxonomy = [
  ['agent_loop', 'Agent loop'],
  ['retrieval_miss', 'Retrieval miss'],
  ['truncation', 'Truncated output'],
].map(
  ([id = '', name = '']): Category => ({
    id,
    name,
    definition: '',
    severity: 3,
    layer: 'prompt',
    fixCost: 1,
  }),
);
const statementsOf = (...texts: readonly string[]): (Statement | null)[] =>
  texts.map((text) => (text === '' ? null : sentence(text)));
const categories = [...repeat('agent_loop', 1), ...repeat('retrieval_miss', 9)];

describe('the title of a cluster', () => {
  test.each([
    {
      name: 'is the statement that nine in ten share',
      input: {
        categories: repeat('agent_loop', 10),
        statements: statementsOf(...repeat('it loops', 9), 'a'),
      },
      expected: 'it loops',
    },
    {
      name: 'is the category with the first three terms if no statement is that common',
      input: {
        categories: repeat('agent_loop', 10),
        statements: statementsOf(...repeat('it loops', 8), 'a', 'b'),
      },
      expected: 'Agent loop: “refund”, “order”, “late”',
    },
    {
      name: 'lists the shares of the categories if none has nine in ten members',
      input: {
        categories: [
          ...repeat('agent_loop', 4),
          ...repeat('retrieval_miss', 3),
          ...repeat('truncation', 3),
        ],
        statements: statementsOf(...repeat('it loops', 4), ...repeat('', 6)),
      },
      expected: 'Mixed: agent loop 40%, retrieval miss 30%, truncated output 30%',
    },
    {
      name: 'follows the most common category',
      input: { categories, statements: statementsOf(...repeat('', 10)) },
      expected: 'Retrieval miss: “refund”, “order”, “late”',
    },
  ])('$name', ({ input, expected }) => {
    expect(titleText(titleOf({ ...input, terms, taxonomy }))).toBe(expected);
  });

  test('is only the category if there are no terms', () => {
    const input = {
      categories,
      statements: statementsOf(...repeat('', 10)),
      terms: [],
      taxonomy,
    };
    expect(titleText(titleOf(input))).toBe('Retrieval miss');
  });
});

describe('clusters of the same title', () => {
  const plain = (text: string) => ({ text, terms: [] });
  const own = (...words: string[]) => words.map((term) => ({ term, score: 3 }));

  test('are distinguished by up to two terms of their own', () => {
    const names = ['it loops', 'it breaks', 'it loops', 'it loops'].map(plain);
    expect(disambiguate(names, [own('a', 'b', 'c'), own('d'), own('e'), []])).toEqual([
      'it loops: “a”, “b”',
      'it breaks',
      'it loops: “e”',
      'it loops',
    ]);
  });

  test('do not repeat a term that is in the title', () => {
    const names = Array.from({ length: 2 }, () => ({ text: 'Agent loop', terms: ['a'] }));
    expect(disambiguate(names, [own('a', 'b'), own('a')])).toEqual([
      'Agent loop: “a”, “b”',
      'Agent loop: “a”',
    ]);
  });
});

test('terms follow a title that quotes a message after a colon', () => {
  const names = Array.from({ length: 2 }, () => ({ text: 'It failed with “late”', terms: [] }));
  expect(disambiguate(names, [[{ term: 'tent', score: 3 }], []])).toEqual([
    'It failed with “late”: “tent”',
    'It failed with “late”',
  ]);
});

describe('terms in titles', () => {
  const documents = ['refund tent', 'refund acmecoin', 'acmecoin'].map((text) => wordsOf(text));

  test('must occur in the traces of more than one tenant', () => {
    const fits = sharedByTenants(documents, ['a', 'b', 'b']);
    expect(['refund', 'tent', 'acmecoin'].map(fits)).toEqual([true, false, false]);
  });

  test('may be any term if there is one tenant', () => {
    expect(sharedByTenants(documents, ['a', 'a', 'a'])('acmecoin')).toBe(true);
  });
});
