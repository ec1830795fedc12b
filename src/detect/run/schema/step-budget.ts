import type { Json } from '../../../contract/json.ts';

/** Thrown when a check would take more steps than its input is worth: nobody can tell the result. */
export class OutOfSteps extends Error {}

/** Counts the work of one check, so that its end depends on the data alone and on no clock. */
export class StepBudget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  get left(): number {
    return this.#left;
  }

  /** @throws OutOfSteps */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new OutOfSteps();
  }
}

/** Enough for any schema that people write; a hostile one of a kilobyte costs a few milliseconds. */
const BASE = 20_000;
const PER_VALUE = 20;
const CHARACTERS_PER_STEP = 8;

/** What checking a value may cost: in proportion to its size, so that a file costs in proportion to its own. */
export function budgetFor(value: Json): StepBudget {
  let steps = BASE;
  const waiting: Json[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    steps += PER_VALUE;
    if (typeof next === 'string') steps += (PER_VALUE * next.length) / CHARACTERS_PER_STEP;
    if (typeof next !== 'object' || next === null) continue;
    for (const part of Object.values(next)) if (part !== undefined) waiting.push(part);
  }
  return new StepBudget(steps);
}
