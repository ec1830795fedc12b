import type { LearnedModel } from '../contract/learned-model.ts';
import { packFloats } from '../text/packed-floats.ts';
import type { Calibration } from './calibration.ts';
import type { Fit, LearnTable, Recipe } from './fit.ts';

type Weights = Pick<LearnedModel, 'intercept' | 'features' | 'vectors'>;

/** The fit and its calibration as weights of figures and of vectors themselves, without scales and axes. */
export function weightsOf(
  table: LearnTable,
  { vectors: withVectors }: Recipe,
  { intercept, coefficients }: Fit,
  calibration: Calibration,
  embedder: string,
): Weights {
  const { figures, vectors } = withVectors ? table.full! : table.plain;
  const { slope } = calibration;
  const features = figures.map(({ name, mean, scale }, column) => ({
    name,
    mean: digits(mean),
    spread: digits(scale),
    weight: digits((slope * coefficients[column]!) / scale),
  }));
  return {
    intercept: digits(calibration.intercept + slope * intercept),
    features: features.filter(({ weight }) => weight !== 0),
    vectors:
      vectors === null
        ? null
        : {
            embedder,
            mean: packFloats(vectors.mean),
            weights: packFloats(
              alongAxes(
                vectors.axes,
                vectors.mean.length,
                coefficients.subarray(figures.length),
                slope,
              ),
            ),
          },
  };
}

function alongAxes(
  axes: Float64Array,
  dimensions: number,
  coefficients: Float64Array,
  slope: number,
): Float32Array {
  const weights = new Float32Array(dimensions);
  for (let j = 0; j < dimensions; j++) {
    let sum = 0;
    for (let component = 0; component < coefficients.length; component++)
      sum += coefficients[component]! * axes[component * dimensions + j]!;
    weights[j] = slope * sum;
  }
  return weights;
}

/** Nine digits, which change no probability that anybody can see. */
const digits = (value: number): number => Number(value.toPrecision(9));
