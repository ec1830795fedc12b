import { decimal, percent } from '../../../text/format.ts';

/** Two significant digits, enough to compare: `419`, `80`, `5.4`, `0.31`; a dash for what is unknown. */
export function figure(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (value === 0 || value >= 9.95) return Math.round(value).toLocaleString('en-US');
  return decimal(value, value < 0.95 ? 2 : 1);
}

/** A share in a narrow column: `42%`, `<0.01%`, `>99%`. */
export const shortPercent = (share: number): string =>
  percent(share).replace('under ', '<').replace('over ', '>');
