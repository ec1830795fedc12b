import { twoDigits } from '../../../text/format.ts';

/** US dollars in few characters: `$0.042`, `$1.20`, `$340`. */
export function cents(dollars: number): string {
  if (dollars >= 100) return `$${Math.round(dollars).toLocaleString('en-US')}`;
  if (dollars >= 0.1) return `$${dollars.toFixed(2)}`;
  return `$${twoDigits(dollars)}`;
}

/** Tokens in few characters: `840 tok`, `296k tok`, `1.2M tok`. */
export function shortCount(tokens: number): string {
  if (tokens >= 1e6) return `${(tokens / 1e6).toFixed(1)}M tok`;
  if (tokens >= 1e3) return `${Math.round(tokens / 1e3)}k tok`;
  return `${Math.round(tokens)} tok`;
}

/** A time in its largest unit: `12 s`, `9 min`, `3.5 h`. */
export function shortTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
