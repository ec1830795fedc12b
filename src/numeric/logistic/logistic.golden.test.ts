import { expect, test } from 'vitest';
import { logisticRegression } from '../numeric.ts';
import { areaUnderCurve } from '../statistics/area-under-curve.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';

interface Golden {
  readonly penalized: readonly (Fit & { penalty: number; weights: number[] })[];
  readonly likelihood: readonly (Fit & { offsets: number[] })[];
  readonly curves: readonly {
    scores: number[];
    labels: number[];
    weights: number[];
    area: number;
  }[];
}

interface Fit {
  readonly columns: number;
  readonly rows: number[];
  readonly labels: number[];
  readonly intercept: number;
  readonly coefficients: number[];
}

const { penalized, likelihood, curves } = readGolden<Golden>('logistic', 'logistic');

test.each(penalized)('equals scikit-learn at penalty $penalty with $columns columns', (golden) => {
  const fit = logisticRegression(Float64Array.from(golden.rows), Uint8Array.from(golden.labels), {
    columns: golden.columns,
    penalty: golden.penalty,
    weights: Float64Array.from(golden.weights),
  });
  expect(fit.intercept).toBeCloseTo(golden.intercept, 6);
  expectClose(fit.coefficients, golden.coefficients, 1e-6);
});

test.each(likelihood)('equals statsmodels without a penalty', (golden) => {
  const fit = logisticRegression(Float64Array.from(golden.rows), Uint8Array.from(golden.labels), {
    columns: golden.columns,
    penalty: 0,
    offsets: Float64Array.from(golden.offsets),
  });
  expect(fit.intercept).toBeCloseTo(golden.intercept, 6);
  expectClose(fit.coefficients, golden.coefficients, 1e-6);
});

test.each(curves)('equals the area of scikit-learn', ({ scores, labels, weights, area }) => {
  expect(areaUnderCurve(scores, labels, weights)).toBeCloseTo(area, 10);
});
