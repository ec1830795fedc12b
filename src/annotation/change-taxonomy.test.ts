import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Taxonomy, TaxonomyChange } from '../contract/taxonomy.ts';
import { changeTaxonomy, redefined, undoTaxonomyChange } from './change-taxonomy.ts';
import { STARTERS } from './starters/starters.ts';

const start = STARTERS.method;
const category = (id: string, parent: string | null = null) => ({
  ...start.categories[0]!,
  ...{ id, parent },
});
const ids = ({ categories }: Taxonomy): string[] => categories.map(({ id }) => id);
const labels = (of: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${of}-${index}`, category: of }));

test('a split moves each label to its part; undone, all are back', () => {
  const before = labels('agent_loop', 200);
  const change: TaxonomyChange = {
    ...{ kind: 'split', id: 'agent_loop' },
    parts: [category('same_call'), category('no_progress')],
    labels: Object.fromEntries(
      before.slice(0, 150).map(({ id }, at) => [id, at < 90 ? 'same_call' : 'no_progress']),
    ),
  };
  const { taxonomy, moves } = changeTaxonomy(start, change, before);
  expect(moves).toHaveLength(150);
  expect(taxonomy.version).toBe(2);
  expect(taxonomy.categories.filter(({ parent }) => parent === 'agent_loop')).toHaveLength(2);
  const after = moved(before, moves);
  expect(Object.groupBy(after, (each) => each.category)['same_call']).toHaveLength(90);
  const back = undoTaxonomyChange(start, taxonomy, moves, after);
  expect(moved(after, back.moves)).toEqual(before);
  expect(back.taxonomy).toEqual({ ...start, version: 3 });
});

test('a merge takes labels and children along, a survivor below included', () => {
  const given = [...labels('retrieval_miss', 3), ...labels('poor_query', 2)];
  const { taxonomy, moves } = changeTaxonomy(
    start,
    { kind: 'merge', from: ['retrieval_miss'], into: 'poor_query' },
    given,
  );
  expect(moves.map(({ to }) => to)).toEqual(['poor_query', 'poor_query', 'poor_query']);
  expect(taxonomy.categories.find(({ id }) => id === 'poor_query')?.parent).toBe(null);
  expect(taxonomy.categories.find(({ id }) => id === 'missing_document')?.parent).toBe(
    'poor_query',
  );
});

test('a merge into what stands two levels below keeps what is between', () => {
  const deep = { ...start, categories: [...start.categories, category('deep', 'poor_query')] };
  const { taxonomy } = changeTaxonomy(
    deep,
    { kind: 'merge', from: ['retrieval_miss'], into: 'deep' },
    [],
  );
  const parentOf = (id: string) => taxonomy.categories.find((each) => each.id === id)?.parent;
  expect(taxonomy.categories).toHaveLength(deep.categories.length - 1);
  expect([parentOf('deep'), parentOf('poor_query')]).toEqual([null, 'deep']);
});

test('a removal gives labels to the parent', () => {
  const { moves } = changeTaxonomy(start, { kind: 'remove', id: 'gave_up' }, labels('gave_up', 2));
  expect(moves.map(({ to }) => to)).toEqual(['refusal_over_trigger', 'refusal_over_trigger']);
});

test('a new definition asks for a second look, a new name does not', () => {
  const edited = (fields: object): Taxonomy =>
    changeTaxonomy(start, { kind: 'edit', id: 'agent_loop', fields }, []).taxonomy;
  expect(redefined(start, edited({ name: 'Endless loop' }))).toEqual([]);
  expect(redefined(start, edited({ definition: 'It stops in time.' }))).toEqual(['agent_loop']);
});

test('agreement to a version ends with its first change', () => {
  const { taxonomy } = changeTaxonomy(start, { kind: 'ratify', by: 'Ann', at: 7 }, []);
  expect(taxonomy).toEqual({ ...start, ratified: { by: 'Ann', at: 7 } });
  expect(
    changeTaxonomy(taxonomy, { kind: 'add', category: category('tone') }, []).taxonomy,
  ).toMatchObject({
    ...{ version: 2, ratified: null },
  });
});

test('an undo leaves alone what someone has moved since', () => {
  const given = labels('gave_up', 2);
  const { taxonomy, moves } = changeTaxonomy(
    start,
    { kind: 'merge', from: ['gave_up'], into: 'agent_loop' },
    given,
  );
  const now = [
    { id: 'gave_up-0', category: 'agent_loop' },
    { id: 'gave_up-1', category: 'schema_violation' },
  ];
  expect(undoTaxonomyChange(start, taxonomy, moves, now).moves).toEqual([
    { label: 'gave_up-0', from: 'agent_loop', to: 'gave_up' },
  ]);
});

test('labels given since the change to what goes with it go to what stays above', () => {
  const change: TaxonomyChange = {
    ...{ kind: 'split', id: 'agent_loop', labels: {} },
    parts: [category('same_call')],
  };
  const { taxonomy, moves } = changeTaxonomy(start, change, []);
  expect(undoTaxonomyChange(start, taxonomy, moves, labels('same_call', 1)).moves).toEqual([
    { label: 'same_call-0', from: 'same_call', to: 'agent_loop' },
  ]);
  const added = changeTaxonomy(start, { kind: 'add', category: category('new_kind') }, []);
  expect(() =>
    undoTaxonomyChange(start, added.taxonomy, added.moves, labels('new_kind', 1)),
  ).toThrow(/new_kind would go/);
});

describe('what cannot be done is said', () => {
  test.each<[TaxonomyChange, RegExp]>([
    [{ kind: 'move', id: 'agent_lop', parent: null }, /did you mean agent_loop/],
    [{ kind: 'move', id: 'retrieval_miss', parent: 'poor_query' }, /below itself/],
    [{ kind: 'add', category: category('agent_loop') }, /already/],
    [{ kind: 'add', category: category('new', 'nowhere_at_all') }, /no category/],
    [{ kind: 'merge', from: ['agent_loop'], into: 'agent_loop' }, /itself/],
    [{ kind: 'split', id: 'gave_up', parts: [category('x')], labels: { a: 'y' } }, /no part/],
    [{ kind: 'remove', id: 'agent_loop' }, /2 labels/],
  ])('%j', (change, message) => {
    expect(() => changeTaxonomy(start, change, labels('agent_loop', 2))).toThrow(message);
  });
});

test('no series of changes loses a label or breaks the tree', () => {
  const pick = fc.nat({ max: 1000 });
  const step = fc.record({
    kind: fc.constantFrom('move', 'merge', 'split', 'remove', 'add'),
    a: pick,
    b: pick,
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let taxonomy: Taxonomy = start;
      let given = start.categories.flatMap(({ id }) => labels(id, 2));
      for (const [at, { kind, a, b }] of steps.entries()) {
        const all = ids(taxonomy);
        const one = all[a % all.length]!;
        const two = all[b % all.length]!;
        const change: TaxonomyChange =
          kind === 'move'
            ? { kind, id: one, parent: b % 3 === 0 ? null : two }
            : kind === 'merge'
              ? { kind, from: [one], into: two }
              : kind === 'split'
                ? {
                    kind,
                    id: one,
                    parts: [category(`p${at}`)],
                    labels: { [given[b % given.length]!.id]: `p${at}` },
                  }
                : kind === 'remove'
                  ? { kind, id: one }
                  : { kind: 'add', category: category(`n${at}`, two) };
        try {
          const result = changeTaxonomy(taxonomy, change, given);
          given = moved(given, result.moves);
          taxonomy = result.taxonomy;
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_option' });
        }
        const known = new Set(ids(taxonomy));
        expect(known.size).toBe(taxonomy.categories.length);
        expect(given.filter((label) => !known.has(label.category))).toEqual([]);
        const before = new Set<string>();
        for (const { id, parent } of taxonomy.categories) {
          expect(parent === null || before.has(parent)).toBe(true);
          before.add(id);
        }
      }
    }),
    { numRuns: 150 },
  );
});

function moved<Label extends { id: string; category: string }>(
  given: readonly Label[],
  moves: readonly { label: string; to: string }[],
): Label[] {
  const to = new Map(moves.map((move) => [move.label, move.to]));
  return given.map((label) => ({ ...label, category: to.get(label.id) ?? label.category }));
}
