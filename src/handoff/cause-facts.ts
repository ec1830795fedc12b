import type { Cause, HandoffSource } from './cause.ts';
import { measures, passCriterion, reasons } from './facts.ts';
import { stepLines } from './issue.ts';

/** A cause in sentences, and its contrast as steps. Only the steps hold text of traces. */
export interface CauseFacts {
  readonly measures: readonly string[];
  readonly reasons: readonly string[];
  /** What a good run does; null where nobody knows. */
  readonly expected: string | null;
  /** A failing trace beside the most similar passing one; null where none is at hand. */
  readonly pair: {
    readonly failing: string;
    readonly passing: string;
    readonly difference: string | null;
    readonly failingSteps: string;
    readonly passingSteps: string;
  } | null;
}

export function factsOf(cause: Cause, { analysis }: HandoffSource): CauseFacts {
  const { pair } = cause;
  return {
    measures: measures(cause, analysis),
    reasons: reasons(cause),
    expected: analysis.options.all ? null : passCriterion(cause),
    pair: pair && {
      ...{ failing: pair.failing, passing: pair.passing, difference: pair.difference },
      failingSteps: stepLines(pair.rows.map(({ failing }) => failing)),
      passingSteps: stepLines(pair.rows.map(({ passing }) => passing)),
    },
  };
}
