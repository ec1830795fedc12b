import { nextFloat, nextNormal, seedRandom } from '../../../numeric/random/random.ts';

export interface Random {
  readonly next: () => number;
  readonly normal: () => number;
  readonly pick: <T>(values: readonly T[]) => T;
}

/** A seeded random stream that scatters points and varies traces. */
export function createRandom(seed: number): Random {
  const state = seedRandom(seed);
  const next = (): number => nextFloat(state);
  return {
    next,
    normal: () => nextNormal(state),
    pick: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
  };
}
