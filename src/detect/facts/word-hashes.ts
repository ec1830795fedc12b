/**
 * Hashes of the words of a text, letter case ignored, written into `into` from 0. Returns their number.
 * Allocates nothing, so that sources of any length can be compared with an answer.
 */
export function wordHashes(text: string, from: number, to: number, into: Int32Array): number {
  let count = 0;
  let at = from;
  while (at < to && count < into.length) {
    let unit = text.charCodeAt(at);
    if (!isWordUnit(unit)) {
      at++;
      continue;
    }
    let hash = 0x811c9dc5;
    do {
      hash = Math.imul(hash ^ (unit >= 65 && unit <= 90 ? unit | 32 : unit), 0x01000193);
      at++;
      unit = at < to ? text.charCodeAt(at) : 0;
    } while (isWordUnit(unit));
    into[count++] = hash;
  }
  return count;
}

const isWordUnit = (unit: number): boolean =>
  unit < 128
    ? (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57)
    : unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x2bff) && !(unit >= 0x3000 && unit <= 0x303f);

/** The hash that `wordHashes` gives a single word in lower case. */
export function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}
