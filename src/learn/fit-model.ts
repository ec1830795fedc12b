import { CulpritError } from '../contract/culprit-error.ts';
import {
  type LabelSource,
  LEARNED_MODEL_VERSION,
  type LearnedModel,
} from '../contract/learned-model.ts';
import { boundsOf } from './bounds.ts';
import { calibrate } from './calibration.ts';
import { cardOf } from './card.ts';
import { choose, fitRecipe, tableOf } from './fit.ts';
import type { LearnRow } from './learn-row.ts';
import { weightsOf } from './model-weights.ts';
import { honestProbabilities } from './out-of-fold.ts';

/** Fewer labels than this are a lottery. */
const LEAST_LABELS = 50;
const LEAST_OF_A_CLASS = 15;

/** What a model keeps beside its weights. */
export interface FitInput
  extends Pick<LearnedModel, 'culprit' | 'detectors' | 'options' | 'facts'> {
  readonly rows: readonly LearnRow[];
  readonly source: LabelSource;
  /** Id of what made the vectors. */
  readonly embedder: string;
  readonly seed: number;
}

/**
 * Fits a model to labeled rows and measures what it is worth. Same rows and seed, same bytes.
 * @throws CulpritError `invalid_input` for fewer than 50 labels, or fewer than 15 of one class.
 */
export function fitModel({ rows, source, embedder, seed, ...kept }: FitInput): LearnedModel {
  refuseFew(rows);
  const table = tableOf(rows);
  const all = [...rows.keys()];
  const probabilities = honestProbabilities(table, seed);
  const { recipe, sums } = choose(table, all, seed);
  const fit = fitRecipe(table, all, recipe);
  const bounds = boundsOf(
    rows.map(({ failed, task }, row) => ({ p: probabilities[row]!, failed, task })),
  );
  return {
    kind: 'learned model',
    version: LEARNED_MODEL_VERSION,
    ...kept,
    card: cardOf({ rows, probabilities, bounds, recipe, source, seed }),
    ...weightsOf(table, recipe, fit, calibrate(sums, table.labels), embedder),
    bounds,
    reference: referenceOf(probabilities),
  };
}

function refuseFew(rows: readonly LearnRow[]): void {
  const failed = rows.filter((row) => row.failed).length;
  const rarer = Math.min(failed, rows.length - failed);
  if (rows.length >= LEAST_LABELS && rarer >= LEAST_OF_A_CLASS) return;
  throw new CulpritError(
    'invalid_input',
    `there are ${rows.length} labels, ${failed} of them failed: a model needs at least ${LEAST_LABELS}, and ${LEAST_OF_A_CLASS} of each kind (100 to be used without a trial). Label more traces`,
  );
}

const MOST_REFERENCE = 1_000;

/** Ascending, thinned evenly. */
function referenceOf(probabilities: Float64Array): number[] {
  const sorted = [...probabilities].sort((a, b) => a - b);
  if (sorted.length <= MOST_REFERENCE) return sorted.map(rounded);
  return Array.from({ length: MOST_REFERENCE }, (_, at) =>
    rounded(sorted[Math.floor(((at + 0.5) * sorted.length) / MOST_REFERENCE)]!),
  );
}

const rounded = (p: number): number => Math.round(p * 1e6) / 1e6;
