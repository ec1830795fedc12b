import { nextBelow, seedRandom } from '../numeric/random/random.ts';
import { curveOf } from '../numeric/statistics/area-under-curve.ts';

type Interval = readonly [number, number];

export interface CurveComparison {
  readonly model: { readonly value: number; readonly interval: Interval };
  readonly rules: { readonly value: number; readonly interval: Interval };
  /** Model less rules, paired. */
  readonly gain: { readonly value: number; readonly interval: Interval };
}

const DRAWS = 2_000;

/** Areas under two ROC curves on the same rows, with 95% percentile intervals from 2,000 bootstrap draws of whole tasks. */
export function compareCurves(
  rows: readonly { readonly task: number; readonly failed: boolean }[],
  model: ArrayLike<number>,
  rules: ArrayLike<number>,
  seed: number,
): CurveComparison {
  const labels = Uint8Array.from(rows, ({ failed }) => Number(failed));
  const curves = [curveOf(model), curveOf(rules)] as const;
  const tasks = rows.reduce((most, { task }) => Math.max(most, task + 1), 0);
  const state = seedRandom(seed);
  const times = new Float64Array(tasks);
  const weights = new Float64Array(rows.length);
  const drawn: [number[], number[], number[]] = [[], [], []];
  for (let draw = 0; draw < DRAWS; draw++) {
    times.fill(0);
    for (let task = 0; task < tasks; task++) times[nextBelow(state, tasks)]! += 1;
    for (let row = 0; row < rows.length; row++) weights[row] = times[rows[row]!.task]!;
    const [a, b] = [curves[0](labels, weights), curves[1](labels, weights)];
    // A draw may lack a class.
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    drawn[0].push(a);
    drawn[1].push(b);
    drawn[2].push(a - b);
  }
  const values = [curves[0](labels, null), curves[1](labels, null)] as const;
  return {
    model: { value: values[0], interval: intervalOf(drawn[0]) },
    rules: { value: values[1], interval: intervalOf(drawn[1]) },
    gain: { value: values[0] - values[1], interval: intervalOf(drawn[2]) },
  };
}

function intervalOf(values: number[]): Interval {
  values.sort((a, b) => a - b);
  const at = (share: number): number =>
    values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
