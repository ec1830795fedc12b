import { distance } from 'fastest-levenshtein';

/** Of `names`, the one that is most likely meant by a misspelled one; null when none is near. Case and punctuation do not count. */
export function closestName(name: string, names: readonly string[]): string | null {
  const wanted = plain(name);
  let best: string | null = null;
  let least = Math.max(1, Math.ceil(0.4 * wanted.length)) + 1;
  for (const each of names) {
    const edits = distance(wanted, plain(each));
    if (edits < least) {
      best = each;
      least = edits;
    }
  }
  return best;
}

const plain = (name: string): string =>
  name
    .slice(0, 120)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
