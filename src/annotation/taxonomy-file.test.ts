import { describe, expect, test } from 'vitest';
import { STARTERS } from './starters/starters.ts';
import { parseTaxonomy, taxonomyYaml } from './taxonomy-file.ts';

test.each(Object.entries(STARTERS))('the starter %s comes back as it was', (_, taxonomy) => {
  const ratified = { by: 'Ann: "the first"', at: 1_780_000_000_000 };
  expect(parseTaxonomy(taxonomyYaml({ ...taxonomy, ratified }))).toEqual({ ...taxonomy, ratified });
});

test('crosswalks name categories that exist', () => {
  const unknown = STARTERS.method.categories.flatMap(({ id, crosswalk }) =>
    Object.entries(crosswalk).flatMap(([name, ids]) => {
      const known = new Set(STARTERS[name as 'trail' | 'mast'].categories.map((each) => each.id));
      return ids.filter((each) => !known.has(each)).map((each) => `${id}: ${name} ${each}`);
    }),
  );
  expect(unknown).toEqual([]);
});

test('TRAIL has 20 leaves and MAST 14, as published', () => {
  const leaves = (name: 'trail' | 'mast'): number =>
    STARTERS[name].categories.filter(({ parent }) => parent !== null).length;
  expect([leaves('trail'), leaves('mast')]).toEqual([20, 14]);
});

test('what people write by hand gets defaults', () => {
  const { categories } = parseTaxonomy(
    'categories:\n  - id: tone\n    name: Wrong tone\n    children:\n      - {id: rude, name: Rude}\n',
  );
  expect(categories).toMatchObject([
    { id: 'tone', severity: 3, layer: 'unknown', parent: null },
    { id: 'rude', parent: 'tone' },
  ]);
});

describe('bad input is named', () => {
  test.each([
    ['{', /taxonomy: /],
    ['[]', /expected object/],
    ['categories: []', /categories/],
    ['categories: [{id: A b, name: x}]', /"A b".*id: an id/],
    ['categories: [{id: a, name: x}, {id: a, name: y}]', /the id a stands twice/],
    ['categories: [{id: a, name: x, severity: 9}]', /"a": severity/],
    ['categories: [{id: a, name: x, children: 7}]', /children/],
    ['categories: [7]', /object/],
    ['a: &a [1]\ncategories: *a', /alias/i],
    [deep(30), /20 deep/],
  ])('%j', (text, message) => {
    expect(() => parseTaxonomy(text)).toThrow(message);
  });
});

function deep(levels: number): string {
  let text = '[]';
  for (let level = 0; level < levels; level++)
    text = `[{id: k${level}, name: k, children: ${text}}]`;
  return `categories: ${text}`;
}
