import { CulpritError } from '../contract/culprit-error.ts';
import type { Taxonomy, TaxonomyCategory, TaxonomyChange } from '../contract/taxonomy.ts';
import { closestName } from '../text/closest-name.ts';

/** A label that a person gave, as far as a change of the taxonomy concerns it. */
export interface CategoryLabel {
  readonly id: string;
  readonly category: string;
}

/** A label that moves to another category. */
export interface LabelMove {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

export interface ChangedTaxonomy {
  readonly taxonomy: Taxonomy;
  readonly moves: readonly LabelMove[];
}

/**
 * The next version of a taxonomy, and the labels that move with it. No label is ever left without a category. Ratifying
 * keeps the version; any other change takes the ratification away.
 * @throws CulpritError `invalid_option` for a category that is not there, an id that is taken, a tree that would become
 * a circle, a split that names no part, or the removal of a top category that has labels.
 */
export function changeTaxonomy(
  taxonomy: Taxonomy,
  change: TaxonomyChange,
  labels: readonly CategoryLabel[],
): ChangedTaxonomy {
  if (change.kind === 'ratify') {
    const { by, at } = change;
    return { taxonomy: { ...taxonomy, ratified: { by, at } }, moves: [] };
  }
  const { categories, target } = changed(taxonomy.categories, change, labels);
  const moves = labels.flatMap(({ id: label, category: from }) => {
    const to = target({ id: label, category: from });
    return to === from ? [] : [{ label, from, to }];
  });
  return {
    taxonomy: {
      version: taxonomy.version + 1,
      ratified: null,
      categories: inTreeOrder(categories),
    },
    moves,
  };
}

/**
 * Takes a change back: the categories as before, as a new version, and the labels where they were. Labels that someone
 * has moved since keep their new place. Where that place goes with the change, they return to where they were; those
 * given since go to the nearest category above that stays.
 * @throws CulpritError `invalid_option` where none stays above a category that has labels.
 */
export function undoTaxonomyChange(
  before: Taxonomy,
  now: Taxonomy,
  moves: readonly LabelMove[],
  labels: readonly CategoryLabel[],
): ChangedTaxonomy {
  const known = new Set(before.categories.map(({ id }) => id));
  const moved = new Map(moves.map((move) => [move.label, move]));
  const parents = new Map(now.categories.map(({ id, parent }) => [id, parent]));
  const above = (category: string): string => {
    let place: string | null = category;
    while (place !== null && !known.has(place)) place = parents.get(place) ?? null;
    if (place !== null) return place;
    throw wrong(
      `${category} would go, and has labels and nothing above it: merge it into another category`,
    );
  };
  return {
    taxonomy: { ...before, version: now.version + 1 },
    moves: labels.flatMap(({ id: label, category: from }) => {
      const move = moved.get(label);
      const isBack = move !== undefined && (from === move.to || !known.has(from));
      const to = isBack ? above(move.from) : known.has(from) ? from : above(from);
      return to === from ? [] : [{ label, from, to }];
    }),
  };
}

/**
 * Another taxonomy in the place of this one. Labels whose category it does not have go to the nearest category above that it
 * has.
 * @throws CulpritError `invalid_option` where it has none of them.
 */
export function replaceTaxonomy(
  now: Taxonomy,
  categories: readonly TaxonomyCategory[],
  labels: readonly CategoryLabel[],
): ChangedTaxonomy {
  return undoTaxonomyChange({ ...now, ratified: null, categories }, now, [], labels);
}

/** Ids of categories whose definition is another one: labels given before need a second look. */
export function redefined(before: Taxonomy, after: Taxonomy): readonly string[] {
  const definitions = new Map(before.categories.map(({ id, definition }) => [id, definition]));
  return after.categories
    .filter(({ id, definition }) => (definitions.get(id) ?? definition) !== definition)
    .map(({ id }) => id);
}

interface Result {
  readonly categories: readonly TaxonomyCategory[];
  /** Where a label belongs now. */
  readonly target: (label: CategoryLabel) => string;
}

const stays = ({ category }: CategoryLabel): string => category;

function changed(
  categories: readonly TaxonomyCategory[],
  change: Exclude<TaxonomyChange, { kind: 'ratify' }>,
  labels: readonly CategoryLabel[],
): Result {
  const find = finder(categories);
  switch (change.kind) {
    case 'add': {
      const { category } = change;
      if (category.parent !== null) find(category.parent);
      mustBeFree(categories, [category.id]);
      return { categories: [...categories, category], target: stays };
    }
    case 'edit': {
      find(change.id);
      const fields = withoutMissing(change.fields);
      return {
        categories: categories.map((each) =>
          each.id === change.id ? { ...each, ...fields } : each,
        ),
        target: stays,
      };
    }
    case 'move': {
      const { id, parent } = change;
      find(id);
      for (let above = parent; above !== null; above = find(above).parent)
        if (above === id) throw wrong(`${id} cannot go below itself`);
      return {
        categories: categories.map((each) => (each.id === id ? { ...each, parent } : each)),
        target: stays,
      };
    }
    case 'merge': {
      const { from, into } = change;
      const survivor = find(into);
      for (const each of from) find(each);
      const gone = new Set(from);
      if (gone.has(into)) throw wrong(`${into} cannot merge into itself`);
      // A survivor anywhere below one that goes takes its place: what stands between would come below itself.
      let { parent } = survivor;
      for (let above = survivor.parent; above !== null; above = find(above).parent)
        if (gone.has(above)) ({ parent } = find(above));
      return {
        categories: categories
          .filter(({ id }) => !gone.has(id))
          .map((each) => {
            if (each.id === into) return { ...each, parent };
            return each.parent !== null && gone.has(each.parent) ? { ...each, parent: into } : each;
          }),
        target: ({ category }) => (gone.has(category) ? into : category),
      };
    }
    case 'split': {
      const { id, parts, labels: part } = change;
      find(id);
      const names = new Set(parts.map((each) => each.id));
      mustBeFree(categories, [...parts.map((each) => each.id)]);
      for (const [label, to] of Object.entries(part)) {
        if (to !== id && !names.has(to)) throw wrong(`label ${label}: ${to} is no part of ${id}`);
      }
      return {
        categories: [...categories, ...parts.map((each) => ({ ...each, parent: id }))],
        target: (label) =>
          label.category === id && Object.hasOwn(part, label.id) ? part[label.id]! : label.category,
      };
    }
    case 'remove': {
      const { id, parent } = find(change.id);
      const used = labels.filter(({ category }) => category === id).length;
      if (parent === null && used > 0)
        throw wrong(
          `${id} has ${used} labels and nothing above it: merge it into another category`,
        );
      return {
        categories: categories
          .filter((each) => each.id !== id)
          .map((each) => (each.parent === id ? { ...each, parent } : each)),
        target: ({ category }) => (category === id ? (parent ?? category) : category),
      };
    }
  }
}

type Fields = Extract<TaxonomyChange, { kind: 'edit' }>['fields'];

const withoutMissing = (fields: Fields): Partial<TaxonomyCategory> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function finder(categories: readonly TaxonomyCategory[]): (id: string) => TaxonomyCategory {
  const byId = new Map(categories.map((each) => [each.id, each]));
  return (id) => {
    const found = byId.get(id);
    if (found !== undefined) return found;
    const near = closestName(id, [...byId.keys()]);
    throw wrong(`there is no category ${id}${near === null ? '' : `; did you mean ${near}?`}`);
  };
}

function mustBeFree(categories: readonly TaxonomyCategory[], ids: readonly string[]): void {
  const taken = new Set(categories.map(({ id }) => id));
  for (const id of ids) {
    if (taken.has(id)) throw wrong(`there is a category ${id} already; choose another id`);
    taken.add(id);
  }
}

/** Each category after its parent, siblings in their order. */
function inTreeOrder(categories: readonly TaxonomyCategory[]): TaxonomyCategory[] {
  const below = Map.groupBy(categories, ({ parent }) => parent);
  const visit = (parent: string | null): TaxonomyCategory[] =>
    (below.get(parent) ?? []).flatMap((each) => [each, ...visit(each.id)]);
  return visit(null);
}

const wrong = (detail: string): CulpritError =>
  new CulpritError('invalid_option', `taxonomy: ${detail}`);
