/** An axis from 0 with ticks at round numbers. */
export interface Scale {
  readonly end: number;
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** An axis that holds `highest`, with three to five ticks. */
export function scaleTo(highest: number): Scale {
  const rough = Math.max(highest, 1e-6) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * (STEPS.find((each) => each * size >= rough * 0.999) ?? 10);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
  return { end: count * step, ticks };
}

/** Where a value stands on the axis, in percent. */
export const placeOn = ({ end }: Scale, value: number): string =>
  `${(100 * Math.min(1, Math.max(0, value / end))).toFixed(2)}%`;
