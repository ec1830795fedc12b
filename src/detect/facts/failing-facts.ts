import type { Fact } from './fact.ts';
import type { FactKind } from './fact-kinds.ts';

/**
 * Kinds of fact that by themselves say that a run failed, with why that holds for an application nobody has seen. The
 * one that says most about the cause comes first.
 */
const FAILING: readonly (readonly [kind: FactKind, why: string])[] = [
  [
    'invented',
    'two quotes contradict each other: the results are empty, the answer presents a find',
  ],
  ['unrecovered', 'a run that ends on a failed step has not done its task'],
  ['found_nothing', 'an answer without data rests on nothing'],
  ['mostly_empty', 'half of the look-ups found nothing, and the answer rests on the rest'],
  ['complaint_last', 'whoever carries out the steps did not understand the last one'],
  ['yes_no_call', 'the step that the user agreed to is missing'],
  ['asked_again', 'the dialogue goes in a circle'],
  ['no_closing_form', 'the form in which runs of this input hand over their answer is missing'],
  ['ends_unanswered', 'the run stops on a call or a result, and nobody was told anything'],
  ['announced', 'a promise is no result'],
  ['no_call', 'nearly all runs of this input call a tool, this one does not'],
  ['refused_unseen', 'a request that nothing shows to be improper was turned down whole'],
  ['other_words', 'answers of this input are taken word for word from a source, this one is not'],
  ['not_short', 'answers of this input are a phrase, this one is not'],
];

const ORDER: ReadonlyMap<string, number> = new Map(FAILING.map(([kind], index) => [kind, index]));

/** The facts that say the run failed, the most telling first. */
export const failingFacts = (facts: readonly Fact[]): readonly Fact[] =>
  facts
    .filter(({ kind }) => ORDER.has(kind))
    .sort((a, b) => (ORDER.get(a.kind) ?? 0) - (ORDER.get(b.kind) ?? 0));
