import type { Found } from './find/found.ts';

export type Replace = (found: Found) => string;

/** The text with every value replaced. */
export function redactText(text: string, values: readonly Found[], replace: Replace): string {
  if (values.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const value of values) {
    parts.push(text.slice(from, value.start), replace(value));
    from = value.end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/**
 * A part of a text as it stands in the redacted text: a value that it touches is replaced as a whole. The part of
 * a text that does not hold it is redacted by itself.
 */
export function redactPart(
  text: string,
  part: string,
  find: (text: string) => readonly Found[],
  replace: Replace,
): string {
  const at = text.indexOf(part);
  if (at < 0 || part === '') return redactText(part, find(part), replace);
  const end = at + part.length;
  const touched = find(text).filter((value) => value.start < end && value.end > at);
  if (touched.length === 0) return part;
  const start = Math.min(at, touched[0]!.start);
  const shifted = touched.map((value) => ({
    ...value,
    start: value.start - start,
    end: value.end - start,
  }));
  return redactText(text.slice(start, Math.max(end, touched.at(-1)!.end)), shifted, replace);
}
