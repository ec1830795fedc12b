import { GRANULARITIES, type Granularity } from '../contract/grouping.ts';

/** The default first, then by distance from it: a cluster shared by several levels takes its values from the first of them. */
export const NEAREST_FIRST: readonly Granularity[] = [
  'medium',
  'coarse',
  'fine',
  'coarsest',
  'finest',
];

export const NEARER_TO_MEDIUM: Readonly<Record<Granularity, Granularity | null>> = {
  coarsest: 'coarse',
  coarse: 'medium',
  medium: null,
  fine: 'medium',
  finest: 'fine',
};

export const perGranularity = <Value>(
  make: (granularity: Granularity) => Value,
): Record<Granularity, Value> =>
  Object.fromEntries(GRANULARITIES.map((each) => [each, make(each)])) as Record<Granularity, Value>;
