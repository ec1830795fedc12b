import { CulpritError } from '../../contract/culprit-error.ts';
import type { LabelModel, OpenLabelEndpoint } from '../../contract/label-model.ts';
import type { NarrativesDeps } from './narratives.ts';

/**
 * The label model that the operator named; null for none.
 * @throws CulpritError `invalid_option` for an address that cannot be used, and for dollars without a price.
 */
export function openLabelModel(
  model: LabelModel | null,
  open: OpenLabelEndpoint,
): NarrativesDeps['label'] {
  if (model === null) return null;
  try {
    return { endpoint: open(model), budget: model };
  } catch (error) {
    throw wrong(error);
  }
}

const wrong = (cause: unknown): CulpritError =>
  new CulpritError(
    'invalid_option',
    `config: labelModel: ${cause instanceof Error ? cause.message : cause}`,
    { cause },
  );
