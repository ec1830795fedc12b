import type { NamedCause } from './name-causes.ts';
import type { Search } from './contrast.ts';

/** Placeholder until resampling is built. */
export const returnRates = (_search: Search, named: readonly NamedCause[], _seed: number): readonly number[] =>
  named.map(() => 1);
