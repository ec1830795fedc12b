import { CulpritError } from '../contract/culprit-error.ts';
import type { LearnedModel } from '../contract/learned-model.ts';
import { type Detection, parseLearnedModel } from '../learn/learn.ts';

/** A model learned from labels, and when it flags. */
export interface GuardModel {
  readonly model: LearnedModel;
  /** Flags where the probability is this or more; null: where its bounds say suspect. */
  readonly above: number | null;
}

/**
 * A model as a guard uses it; null without one.
 * @throws CulpritError what `parseLearnedModel` throws; `invalid_option` for a threshold without a model, or a model
 * without bounds that has none.
 */
export function guardModelOf(
  given: unknown,
  above: number | null,
  at: Detection,
): GuardModel | null {
  if (given === null) {
    if (above === null) return null;
    throw new CulpritError('invalid_option', 'above has no effect without a learned model', {
      option: 'above',
    });
  }
  const model = parseLearnedModel(given, 'the learned model', at);
  if (above === null && model.bounds === null)
    throw new CulpritError(
      'invalid_option',
      'above: the learned model has no bounds, so say from which probability on it flags',
      { option: 'above' },
    );
  return { model, above };
}
