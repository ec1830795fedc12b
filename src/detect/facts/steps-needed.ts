import type { Inconclusive, Need } from '../define.ts';
import { modelOf } from '../file/model-of.ts';
import { runFacts } from './facts.ts';

/** The need for a step of the run: a call, recorded as such or written in its text. */
export const stepsNeeded = (otherwise: Inconclusive): Need => ({
  isMet: (run, file) => runFacts(run, modelOf(file)).hasSteps,
  otherwise,
});
