/** The darkest cell: dark text can be read on it. */
const DARKEST = 0.45;

/** How dark a cell is: by the square root of its share of the highest, so that small values stay apart. */
export const inkOf = (value: number, highest: number): number =>
  highest > 0 ? DARKEST * Math.sqrt(Math.min(1, Math.max(0, value / highest))) : 0;
