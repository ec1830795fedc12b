/**
 * Numbers as people read them, in American English, the same in the terminal, the report and cluster
 * titles. A no-break space joins a number and its unit.
 */

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SPACE = '\u00a0';
/** What was not measured is a dash, not a zero. */
const MISSING = '–';

/** 12345.6 → `12,346`. */
export function count(value: number): string {
  return Number.isFinite(value) ? whole.format(value) : MISSING;
}

/** A count and its noun: `1 failure`, `2 failures`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/**
 * Two digits: 0.414 → `41%`, 0.0894 → `8.9%`, 0.0041 → `0.41%`, so that small causes stay apart. A share above
 * none and below all is never rounded to either: `under 0.01%`, `over 99%`.
 */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return MISSING;
  if (share > 0 && share < 0.0001) return 'under 0.01%';
  if (share < 1 && share >= 0.995) return 'over 99%';
  return `${percentDigits(share)}%`;
}

/** [0.35, 0.47] → `35–47%`, [0.004, 0.031] → `0.4–3.1%`. */
export function percentRange([low, high]: readonly [number, number, ...unknown[]]): string {
  return `${percentDigits(low)}–${percentDigits(high)}%`;
}

function percentDigits(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return '<0.01';
  if (value < 0.995 && value > 0) return String(Number(value.toPrecision(2)));
  if (value < 9.95 && value > 0) return value.toFixed(1).replace(/\.0$/, '');
  return Math.round(value).toString();
}

/** Whole from 10 on, else two digits: 419.2 → `419`, 8.27 → `8.3`, 0.84 → `0.84`. */
export function twoDigits(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  return Math.abs(value) >= 9.95 ? whole.format(value) : String(Number(value.toPrecision(2)));
}

/** A fixed number of decimals; default 2. */
export function decimal(value: number | null, digits = 2): string {
  return value === null || !Number.isFinite(value) ? MISSING : value.toFixed(digits);
}

/** Three digits, enough to compare: 1234.6 → `1,235`, 104.3 → `104`, 56.07 → `56.1`, 0.4137 → `0.414`. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  if (size >= 99.95) return whole.format(value);
  if (size >= 9.995) return value.toFixed(1);
  return size >= 0.9995 ? value.toFixed(2) : value.toFixed(3);
}

/** Milliseconds: `240 ms`, `4.0 s`, `2 min 5 s`, `3 h 20 min`; a dash for null and below 0. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds) || milliseconds < 0) return MISSING;
  if (milliseconds < 999.5) return unit(whole.format(milliseconds), 'ms');
  if (milliseconds < 59_950) return unit((milliseconds / 1000).toFixed(1), 's');
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return twoUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const twoUnits = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0
    ? unit(whole.format(large), largeUnit)
    : `${unit(whole.format(large), largeUnit)}${SPACE}${unit(String(small), smallUnit)}`;

/** Decimal units: 1234 → `1.2 kB`, 345678901 → `346 MB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let index = 0;
  while (size >= 999.5 && index < units.length - 1) {
    size /= 1000;
    index += 1;
  }
  const digits = index === 0 || size >= 99.95 ? 0 : 1;
  return unit(size.toFixed(digits), units[index] as string);
}

/** A cost to a hundredth of a cent: `0.0123 USD`. */
export const dollars = (value: number): string => unit(value.toFixed(4), 'USD');

const unit = (number: string, name: string): string => `${number}${SPACE}${name}`;
