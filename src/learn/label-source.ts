import { CulpritError } from '../contract/culprit-error.ts';
import type { Outcome } from '../contract/file-model.ts';
import type { LabelSource } from '../contract/learned-model.ts';

/** A recorded outcome to learn from. */
export interface OutcomeLabels {
  readonly outcome: Outcome;
  readonly source: LabelSource;
}

/**
 * Which recorded outcome the labels are: the surest one by people, code or unknown origin; one of a judge only where it
 * is named to be imitated. Outcomes of different origin are never mixed.
 * @throws CulpritError `invalid_input` where there is none, with what there is; `invalid_option` for `imitate`.
 */
export function labelSourceIn(outcomes: readonly Outcome[], imitate: string | null): OutcomeLabels {
  const usable = outcomes.filter(
    ({ fails, failed, passed }) => fails !== null && failed > 0 && passed > 0,
  );
  const judges = usable.filter(({ judge }) => judge === 'model').map(({ name }) => name);
  if (imitate !== null) {
    const outcome = usable.find(({ name }) => name === imitate);
    if (outcome === undefined)
      throw new CulpritError(
        'invalid_option',
        `imitate: no score ${imitate} says which traces failed and which passed; there is ${judges.join(', ') || 'none of a judge'}`,
        { option: 'imitate' },
      );
    if (outcome.judge === 'human')
      throw new CulpritError(
        'invalid_option',
        `imitate: ${imitate} was given by people, so there is no judge to imitate: leave the option out`,
        { option: 'imitate' },
      );
    return { outcome, source: { kind: 'judge', name: imitate } };
  }
  const outcome = usable.find(({ judge }) => judge !== 'model');
  if (outcome !== undefined)
    return { outcome, source: { kind: KINDS[outcome.judge], name: outcome.name } };
  throw new CulpritError(
    'invalid_input',
    judges.length > 0
      ? `no label of a person is recorded, only scores of judges (${judges.join(', ')}): give labels, or name the judge to imitate`
      : 'nothing recorded says which traces failed and which passed: give labels, or a rule for a score',
  );
}

const KINDS = { human: 'people', code: 'program', unknown: 'recorded', model: 'judge' } as const;
