import type { Category } from './category.ts';

/** For failures whose signals say that they failed, not why. */
export const UNEXPLAINED: Category = {
  id: 'unexplained',
  name: 'Unexplained failure',
  definition:
    'Runs that were scored low, disliked or in error, for a cause that no detector names.',
  severity: 3,
  layer: 'unknown',
  fixCost: 5,
};
