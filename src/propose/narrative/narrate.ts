import type { Cluster } from '../../contract/cluster.ts';
import type { Narrating, Narrative } from '../../contract/narrative.ts';
import type { Proposer } from '../../contract/proposer.ts';
import { type Found, subjectOf } from '../subject.ts';
import { narrativePrompt } from './prompt.ts';
import { readNarrative } from './read-narrative.ts';

/** Causes and the runs that show them. */
export interface NarrateInput extends Found {
  /** Causes to ask about, in this order. */
  readonly clusters: readonly Cluster[];
}

/**
 * Asks a model about each cause, one after the other, and checks what it says. A cause without an answer has no
 * narrative; after the budget is used up, no other is asked about. Only an abort of `signal` throws.
 */
export async function narrate(
  input: NarrateInput,
  proposer: Proposer,
  {
    signal,
    progress,
  }: {
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  } = {},
): Promise<{ readonly narratives: ReadonlyMap<string, Narrative>; readonly narrating: Narrating }> {
  const narratives = new Map<string, Narrative>();
  const subjects = input.clusters.flatMap((cluster) => subjectOf(cluster, input) ?? []);
  let asked = 0;
  let problem: string | null = null;
  progress?.(0, subjects.length);
  for (const [index, subject] of subjects.entries()) {
    const { prompt, material } = narrativePrompt(subject);
    const proposed = await proposer.ask(prompt, signal);
    asked += 1;
    const read =
      proposed.kind === 'answered'
        ? readNarrative(proposed.answer, subject, material, proposer.id)
        : null;
    if (read !== null) narratives.set(subject.cluster.id, read);
    else problem ??= proposed.kind === 'none' ? proposed.why : NOTHING_HELD;
    progress?.(index + 1, subjects.length);
    if (proposed.kind === 'none' && proposed.code === 'budget') break;
  }
  const narrating = { model: proposer.id, asked, answered: narratives.size, problem };
  return { narratives, narrating };
}

const NOTHING_HELD = 'nothing that it said held when code checked it';
