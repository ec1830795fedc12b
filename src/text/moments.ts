/** Times as people read them, in UTC, so that a report says the same everywhere. Milliseconds since 1970. */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `June 6`. */
export function day(time: number): string {
  const date = new Date(time);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`;
}

/** `June 6, 14:42`. */
export const moment = (time: number): string => `${day(time)}, ${clock(time)}`;

/** `June 6, 2026, 14:42:41 UTC`. */
export function exactMoment(time: number): string {
  const date = new Date(time);
  return `${day(time)}, ${date.getUTCFullYear()}, ${clock(time)}:${two(date.getUTCSeconds())} UTC`;
}

/** `June 1–12, 2026`, `May 28 – June 3, 2026`, `June 6, 2026`, `June 6, 2026, 14:40–15:10`. */
export function span(from: number, to: number): string {
  const [start, end] = [new Date(from), new Date(to)];
  const year = end.getUTCFullYear();
  if (start.getUTCFullYear() !== year)
    return `${day(from)}, ${start.getUTCFullYear()} – ${day(to)}, ${year}`;
  if (start.getUTCMonth() !== end.getUTCMonth()) return `${day(from)} – ${day(to)}, ${year}`;
  if (start.getUTCDate() !== end.getUTCDate()) return `${day(from)}–${end.getUTCDate()}, ${year}`;
  const [first, last] = [clock(from), clock(to)];
  const isWhole = first === '00:00' && last === '23:59';
  return `${day(from)}, ${year}${isWhole ? '' : `, ${first}–${last}`}`;
}

function clock(time: number): string {
  const date = new Date(time);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
