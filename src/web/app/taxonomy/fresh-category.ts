import type { Category } from '../label/label-queries.ts';

/** A new category with an id of its own; severity, layer and fix cost are those of another. */
export function freshCategory(
  name: string,
  { severity, layer, fixCost }: Pick<Category, 'severity' | 'layer' | 'fixCost'>,
  parent: string | null,
  others: readonly Category[],
): Category {
  return {
    ...{ id: idOf(name, others), name, definition: '', parent, severity, layer, fixCost },
    ...{ examples: [], crosswalk: {} },
  };
}

/** A name as an id that is not taken: `Wrong tool` becomes `wrong_tool`. */
function idOf(name: string, categories: readonly Category[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 70);
  const base = plain === '' ? 'category' : plain;
  const taken = new Set(categories.map(({ id }) => id));
  let id = base;
  for (let next = 2; taken.has(id); next++) id = `${base}_${next}`;
  return id;
}
