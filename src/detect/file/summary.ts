import type { Run } from '../run/run.ts';

/**
 * One fact of the whole input while it is gathered in the first pass. It sees every run once, in parts that
 * several threads may read; the order of the runs, and how they are split into parts, change nothing.
 */
export interface Summary<State, Fact> {
  readonly add: (run: Run) => void;
  /** What was gathered so far, as a value that structured clone can copy. Bounded in size. */
  readonly state: () => State;
  /** Adds what another summary of the same kind gathered. */
  readonly merge: (state: State) => void;
  readonly freeze: () => Fact;
}
