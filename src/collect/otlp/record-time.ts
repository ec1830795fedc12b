/** Epoch milliseconds of a nanosecond count written as text or number; null for 0 and for what is no time. */
export function timeOfNanos(value: unknown): number | null {
  if (typeof value === 'number') return value > 0 ? value / 1e6 : null;
  if (typeof value !== 'string' || value === '' || value === '0') return null;
  if (!DIGITS.test(value)) {
    const time = Date.parse(value);
    return Number.isNaN(time) ? null : time;
  }
  return joined(Number(value.slice(0, -6)), Number(value.slice(-6)));
}

/** Epoch milliseconds of a nanosecond count; null for 0. */
export function timeOfBigNanos(nanos: bigint): number | null {
  return nanos === 0n ? null : joined(Number(nanos / 1_000_000n), Number(nanos % 1_000_000n));
}

const DIGITS = /^\d{1,20}$/;

const joined = (milliseconds: number, nanos: number): number | null =>
  milliseconds === 0 && nanos === 0 ? null : milliseconds + nanos / 1e6;
