import type { Taxonomy } from '../../contract/taxonomy.ts';
import { MAST } from './mast.ts';
import { METHOD } from './method.ts';
import { categoriesOf, type Line } from './starter.ts';
import { TRAIL } from './trail.ts';

export type StarterName = 'method' | 'trail' | 'mast';

const first = (lines: readonly Line[]): Taxonomy => ({
  version: 1,
  ratified: null,
  categories: categoriesOf(lines),
});

/** Taxonomies to begin with. `crosswalk` of the method's categories names the ids of the others. */
export const STARTERS: Readonly<Record<StarterName, Taxonomy>> = {
  method: first(METHOD),
  trail: first(TRAIL),
  mast: first(MAST),
};
