import type { Found } from './found.ts';

const LOCAL = 64;
const DOMAIN = 255;
const AT = /@|%40/g;

/** Email addresses, also with the sign encoded as in addresses of pages. */
export function emails(text: string): Found[] {
  const found: Found[] = [];
  AT.lastIndex = 0;
  for (let match = AT.exec(text); match !== null; match = AT.exec(text)) {
    const sign = match[0].length;
    const start = localStart(text, match.index);
    const end = domainEnd(text, match.index + sign);
    if (start === match.index || end === null) continue;
    const address = `${text.slice(start, match.index)}@${text.slice(match.index + sign, end)}`;
    found.push({ kind: 'email', start, end, value: address.toLowerCase() });
    AT.lastIndex = end;
  }
  return found;
}

function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LOCAL && IN_LOCAL.test(text.charAt(start - 1))) start -= 1;
  while (start < at && !IN_WORD.test(text.charAt(start))) start += 1;
  return start;
}

/** Labels with dots between them, of which the last begins with letters; null for anything else. */
function domainEnd(text: string, from: number): number | null {
  let end = from;
  while (end - from < DOMAIN && IN_DOMAIN.test(text.charAt(end)) && !text.startsWith('..', end))
    end += 1;
  while (end > from && !IN_WORD.test(text.charAt(end - 1))) end -= 1;
  const labels = text.slice(from, end).split('.');
  while (labels.length > 1) {
    const last = labels.at(-1)!;
    const top = TOP.exec(last);
    if (top !== null) return labels.includes('') ? null : end - last.length + top[0].length;
    labels.pop();
    end -= last.length + 1;
  }
  return null;
}

const IN_LOCAL = /[\p{L}\p{N}\p{M}._%+'-]/u;
const IN_DOMAIN = /[\p{L}\p{N}\p{M}.-]/u;
const IN_WORD = /[\p{L}\p{N}]/u;
const TOP = /^(?:xn--[a-z0-9-]{1,59}|\p{L}[\p{L}\p{M}]{1,62})/iu;
