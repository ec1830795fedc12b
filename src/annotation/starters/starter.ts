import type { Layer } from '../../contract/category.ts';
import type { TaxonomyCategory } from '../../contract/taxonomy.ts';

/** A category of a starter in short: id, name, what a good run does, severity, layer, fix cost. */
export type Line = readonly [
  id: string,
  name: string,
  definition: string,
  severity: number,
  layer: Layer,
  fixCost: number,
  more?: {
    readonly crosswalk?: Readonly<Record<string, readonly string[]>>;
    readonly children?: readonly Line[];
  },
];

/** The tree in the flat form of a taxonomy. */
export const categoriesOf = (
  lines: readonly Line[],
  parent: string | null = null,
): readonly TaxonomyCategory[] =>
  lines.flatMap(([id, name, definition, severity, layer, fixCost, more = {}]) => [
    {
      ...{ id, name, definition, severity, layer, fixCost, parent, examples: [] },
      crosswalk: more.crosswalk ?? {},
    },
    ...categoriesOf(more.children ?? [], id),
  ]);
