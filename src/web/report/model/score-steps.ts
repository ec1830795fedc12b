import { twoDigits } from '../../../text/format.ts';

/** Values of each failure by the name of the score; null where it has none. */
export type Scores = Readonly<Record<string, readonly (number | null)[]>>;

export interface ScoreSteps {
  /** The step of a value, a number as text; '' for null. */
  readonly of: (value: number | null) => string;
  /** What a step is called: `from 0.34`. */
  readonly label: (step: string) => string;
}

const MOST_STEPS = 6;

/** Each value for itself where there are few, else the low ends of equal parts of the range. */
export function scoreSteps(values: readonly (number | null)[]): ScoreSteps {
  const numbers = values.filter((value) => value !== null);
  if (new Set(numbers).size <= MOST_STEPS)
    return {
      of: (value) => (value === null ? '' : String(value)),
      label: (step) => twoDigits(Number(step)),
    };
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const width = (numbers.reduce((a, b) => Math.max(a, b)) - low) / MOST_STEPS;
  return {
    of: (value) =>
      value === null
        ? ''
        : String(low + Math.min(MOST_STEPS - 1, Math.floor((value - low) / width)) * width),
    label: (step) => `from ${twoDigits(Number(step))}`,
  };
}
