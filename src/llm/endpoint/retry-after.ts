/**
 * Milliseconds that an endpoint asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date (RFC 9110,
 * 10.2.3). `now` in epoch milliseconds. Null where it does not ask, or asks for nothing that can be read.
 */
export function retryAfter(
  header: (name: string) => string | null | undefined,
  now: number,
): number | null {
  const milliseconds = Number.parseFloat(header('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const text = header('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return 1000 * Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
