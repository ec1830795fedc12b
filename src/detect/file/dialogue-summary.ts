import type { Dialogue } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';

/** A `Summary` of runs that were read as dialogues. */
export interface DialogueSummary<State, Fact> {
  readonly add: (run: Run, dialogue: Dialogue) => void;
  /** What was gathered so far, as a value that structured clone can copy. Bounded in size. */
  readonly state: () => State;
  /** Adds what another summary of the same kind gathered. */
  readonly merge: (state: State) => void;
  readonly freeze: () => Fact;
}
