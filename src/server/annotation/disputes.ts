import type { Label } from '../../contract/person-label.ts';
import type { Said } from '../../detect/ask.ts';

/** Who disagree about a trace by the labels of people: with each other, with its scores, with what detectors found. Nobody once it is settled. */
export function disputesOf(labels: readonly Label[], said: Said): readonly string[] {
  if (labels.some(({ settles }) => settles)) return [];
  const answers = new Set(labels.map(({ triage, category }) => category ?? triage));
  const isFailure = labels.some(({ triage }) => triage === 'genuine');
  const isNone = labels.some(({ triage }) => triage === 'label_problem');
  return [
    ...(answers.size > 1 ? ['two people'] : []),
    ...((isFailure && said.scores === false) || (isNone && said.scores === true)
      ? ['a person and a score']
      : []),
    ...(isNone && said.detectors ? ['a person and a detector'] : []),
  ];
}
