/** Parameters of the curve 1 / (1 + a d^2b) that turns map distance into similarity. */
export interface CurveParameters {
  readonly a: number;
  readonly b: number;
}

/**
 * Least-squares fit of 1 / (1 + a x^2b) to the target 1 for x < minDistance, exp(−(x − minDistance) / spread) beyond, at 300 points
 * of [0, 3 · spread], by Levenberg and Marquardt from a = b = 1. Deterministic.
 * Origin: umap-learn 0.5 `find_ab_params`; (1, 0.1) gives 1.57694, 0.89506. Tolerance in tests: 1e-4.
 */
export function fitCurve(spread: number, minDistance: number): CurveParameters {
  let a = 1;
  let b = 1;
  let damping = 1e-3;
  let { error, normal, gradient } = residuals(a, b, spread, minDistance);
  for (let iteration = 0; iteration < 200; iteration++) {
    const [aa, ab, bb] = [normal.aa * (1 + damping), normal.ab, normal.bb * (1 + damping)];
    const determinant = aa * bb - ab * ab;
    const stepA = (bb * gradient.a - ab * gradient.b) / determinant;
    const stepB = (aa * gradient.b - ab * gradient.a) / determinant;
    const next = residuals(a + stepA, b + stepB, spread, minDistance);
    if (!(next.error < error)) {
      damping *= 4;
      if (damping > 1e12) break;
      continue;
    }
    a += stepA;
    b += stepB;
    damping /= 4;
    const settled = error - next.error < 1e-15 * error;
    ({ error, normal, gradient } = next);
    if (settled) break;
  }
  return { a, b };
}

function residuals(a: number, b: number, spread: number, minDistance: number) {
  const normal = { aa: 0, ab: 0, bb: 0 };
  const gradient = { a: 0, b: 0 };
  let error = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const x = (3 * spread * sample) / (SAMPLES - 1);
    const target = x < minDistance ? 1 : Math.exp(-(x - minDistance) / spread);
    const power = x ** (2 * b);
    const value = 1 / (1 + a * power);
    const residual = target - value;
    const byA = -power * value * value;
    const byB = x === 0 ? 0 : -2 * a * power * Math.log(x) * value * value;
    error += residual * residual;
    normal.aa += byA * byA;
    normal.ab += byA * byB;
    normal.bb += byB * byB;
    gradient.a += byA * residual;
    gradient.b += byB * residual;
  }
  return { error: Number.isNaN(error) ? Number.POSITIVE_INFINITY : error, normal, gradient };
}

const SAMPLES = 300;
