import type { RawSpan } from '../record.ts';

/** Approximate bytes of a span: its texts, and a flat amount for everything else. */
export function spanSize(span: RawSpan): number {
  let size = 512;
  for (const key in span.attributes) {
    const value = span.attributes[key];
    size += 32;
    if (typeof value === 'string') size += value.length;
    else if (typeof value === 'object' && value !== null) size += 512;
  }
  return size + span.events.length * 512;
}
