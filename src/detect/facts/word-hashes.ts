import { fnv1a } from '../../text/hash.ts';

/**
 * Writes the hashes of a text's words, ignoring case, into `into` from index 0, as signed 32-bit `fnv1a`. Returns their
 * number. Creates no strings, so sources of any length can be compared with an answer.
 */
export function wordHashes(text: string, into: Int32Array): number {
  const lower = text.toLowerCase();
  let count = 0;
  let at = 0;
  while (at < lower.length && count < into.length) {
    if (!isWordUnit(lower.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    while (at < lower.length && isWordUnit(lower.charCodeAt(at))) at++;
    into[count++] = fnv1a(lower, undefined, start, at);
  }
  return count;
}

const isWordUnit = (unit: number): boolean =>
  unit < 128
    ? (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57)
    : unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x2bff) && !(unit >= 0x3000 && unit <= 0x303f);
