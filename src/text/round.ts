/** Rounds to four decimal places, to keep files small. */
export const round = (value: number): number => Math.round(value * 1e4) / 1e4;

export const roundOrNull = (value: number | null): number | null =>
  value === null ? null : round(value);
