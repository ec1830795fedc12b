import type { Cluster } from '../contract/cluster.ts';
import type { Narrating, Narrative } from '../contract/narrative.ts';
import type { Proposer } from '../contract/proposer.ts';
import { type FixInput, fixHypotheses, type ProposedFixes } from './fix/hypotheses.ts';
import { type NarrateInput, narrate } from './narrative/narrate.ts';
import { type Found, subjectOf } from './subject.ts';

export type { FixFile } from './fix/apply-edits.ts';
export type { FixProposal, ProposedFixes } from './fix/hypotheses.ts';
export type { Found } from './subject.ts';

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

/**
 * How one cause may be fixed, by the template of its category and by a model where there is one. Null for a cause whose
 * runs were not sampled. Only an abort of `signal` throws.
 */
export async function fixes(
  cluster: Cluster,
  found: Found,
  input: Omit<FixInput, 'subject'>,
  proposer: Proposer | null,
  signal?: AbortSignal,
): Promise<ProposedFixes | null> {
  const subject = subjectOf(cluster, found);
  return subject === null ? null : fixHypotheses({ ...input, subject }, proposer, signal);
}
