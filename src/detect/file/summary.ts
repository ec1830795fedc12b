import type { Dialogue } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';

/**
 * Something counted over a whole input. Mergeable: summaries of parts, merged, freeze to the summary of
 * the whole, whatever the order and the number of parts. Memory does not grow with the input.
 */
export interface Summary<Frozen> {
  readonly add: (run: Run, dialogue: Dialogue) => void;
  readonly merge: (other: this) => void;
  readonly freeze: () => Frozen;
}
