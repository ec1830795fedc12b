import type { LearnedModel } from '../contract/learned-model.ts';
import type { Figures } from '../detect/ask.ts';
import { sigmoid } from '../numeric/statistics/sigmoid.ts';
import { unpackFloats } from '../text/packed-floats.ts';
import { figureIn } from './design.ts';

/** The probability that people would call a trace failed, by its figures and, where the model has vectors, its vector. */
export type Scorer = (figures: Figures, vector: Float32Array | null) => number;

/** A model made ready. */
export function scorerOf({ intercept, features, vectors }: LearnedModel): Scorer {
  const mean = vectors === null ? null : unpackFloats(vectors.mean);
  const weights = vectors === null ? null : unpackFloats(vectors.weights);
  return (figures, vector) => {
    let sum = intercept;
    for (const { name, mean: usual, weight } of features)
      sum += (figureIn(figures, name, usual) - usual) * weight;
    if (weights !== null && vector !== null)
      for (let j = 0; j < weights.length; j++) sum += (vector[j]! - mean![j]!) * weights[j]!;
    return sigmoid(sum);
  };
}
