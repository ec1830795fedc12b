import type { Cluster } from '../../../contract/cluster.ts';

export type Interval = Cluster['shareInterval'];

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const NARROW_SPACE = '\u202f';
const MISSING = '–';

/** 12345.6 → `12,346`. */
export function count(value: number): string {
  return Number.isFinite(value) ? whole.format(value) : MISSING;
}

/** 0.414 → `41 %`; below ten per cent one decimal, so that small causes stay apart. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${percentDigits(share)}${NARROW_SPACE}%` : MISSING;
}

/** [0.35, 0.47] → `35–47 %`. */
export function percentInterval([low, high]: Interval): string {
  return `${percentDigits(low)}–${percentDigits(high)}${NARROW_SPACE}%`;
}

export function decimal(value: number | null, digits = 2): string {
  return value === null || !Number.isFinite(value) ? MISSING : value.toFixed(digits);
}

/** Three digits are enough to compare: 104.3 → `104`, 56.07 → `56.1`, 0.4137 → `0.414`. */
export function score(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  if (size >= 99.95) return whole.format(value);
  if (size >= 9.995) return value.toFixed(1);
  return size >= 0.9995 ? value.toFixed(2) : value.toFixed(3);
}

export function duration(milliseconds: number | null): string | null {
  if (milliseconds === null || !Number.isFinite(milliseconds) || milliseconds < 0) return null;
  if (milliseconds < 1000) return `${whole.format(milliseconds)}${NARROW_SPACE}ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)}${NARROW_SPACE}s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes}${NARROW_SPACE}min ${Math.round(seconds - minutes * 60)}${NARROW_SPACE}s`;
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)}${NARROW_SPACE}${units[unit]}`;
}

/** Counts with their noun: `1 failure`, `2 failures`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

function percentDigits(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '<0.1';
  if (value < 9.95 && value > 0) return value.toFixed(1).replace(/\.0$/, '');
  return Math.round(value).toString();
}
