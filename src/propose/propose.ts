import type { Narrating, Narrative } from '../contract/narrative.ts';
import type { Proposer } from '../contract/proposer.ts';
import { type NarrateInput, narrate } from './narrative/narrate.ts';

/** What a model says about causes, each sentence checked by code. Only an abort of `signal` throws. */
export const narratives = (
  input: NarrateInput,
  proposer: Proposer,
  options: {
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  } = {},
): Promise<{
  readonly narratives: ReadonlyMap<string, Narrative>;
  readonly narrating: Narrating;
}> => narrate(input, proposer, options);
