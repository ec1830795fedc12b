import type { Json } from '../../contract/json.ts';

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,12})?\s?(Z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * Epoch milliseconds, fractions kept. Text: ISO 8601 with `T` or a space, without a zone UTC, or a number.
 * Numbers: seconds, milliseconds, microseconds or nanoseconds, recognized by magnitude. Lists: `[seconds, nanoseconds]`.
 */
export function timeOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value === 'string') return fromText(value);
  if (!Array.isArray(value)) return null;
  const [seconds, nanoseconds] = value as readonly Json[];
  if (typeof seconds !== 'number' || typeof nanoseconds !== 'number') return null;
  return seconds * 1000 + nanoseconds / 1e6;
}

/** Epoch milliseconds of a count of nanoseconds, as number or text. */
export function timeOfNanoseconds(value: Json | undefined): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number / 1e6 : null;
}

function fromNumber(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

function fromText(text: string): number | null {
  if (text === '' || text.length > 40) return null;
  const match = ISO.exec(text);
  if (match === null) {
    const number = Number(text);
    if (Number.isFinite(number)) return fromNumber(number);
    const time = Date.parse(text);
    return Number.isNaN(time) ? null : time;
  }
  const [, day, clock, fraction = '', zone = 'Z'] = match;
  const time = Date.parse(`${day}T${clock}${zone === 'UTC' ? 'Z' : zone}`);
  return Number.isNaN(time) ? null : time + Number(`0${fraction}`) * 1000;
}
