import { nameId } from '../../../text/name-id.ts';
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

/** Ids begin with a letter. */
function idOf(name: string, categories: readonly Category[]): string {
  const taken = categories.map(({ id }) => id);
  const words = name.replace(/^[^\p{L}]+/u, '');
  return nameId(words, { joint: '_', most: 70, taken, or: 'category' });
}
