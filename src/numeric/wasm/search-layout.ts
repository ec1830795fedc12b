import type { Lattice } from './lattice.ts';
import type { PlacedPoints } from './placed-points.ts';

/** Points placed for pair finders: as floats, and rounded to a lattice where that is fine enough. Plain data, as `PlacedPoints`. */
export interface SearchPoints extends PlacedPoints {
  readonly lattice: Lattice | null;
}
