import { entities } from '../../../text/entities.ts';
import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';
import type { SourceSentences } from './source-sentences.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';

/**
 * Names that the context lacks, and names one or two letters away from one that it has. One strange name
 * can be common knowledge (the country of a city) and passes; two hardly can.
 */
export function names(
  text: string,
  vocabulary: ReadonlySet<string>,
  source: SourceSentences,
): readonly UnsupportedClaim[] {
  const strangers = new Map<string, UnsupportedClaim>();
  for (const name of entities(text)) {
    const missing = words(name.text).find(
      (word) => !isStopWord(word) && !vocabulary.has(stem(word)) && !/^\d+$/.test(word),
    );
    if (missing === undefined || strangers.has(missing)) continue;
    const meant = misspelled(stem(missing), source);
    const closest =
      meant === null ? null : (source.texts[source.places.get(meant)?.[0] ?? -1] ?? null);
    const kind = meant === null ? 'name not in context' : 'name changed';
    strangers.set(missing, { kind, text: name.text, closest });
  }
  const found = [...strangers.values()];
  return found.length >= 2 ? found : found.filter(({ kind }) => kind === 'name changed');
}

/** The word of the source that a strange one was probably meant to be; endings as in `Latvia`, `Latvian` do not count. */
function misspelled(word: string, source: SourceSentences): string | null {
  if (word.length < SHORTEST) return null;
  const most = word.length >= LONG ? 2 : 1;
  for (const known of source.places.keys()) {
    if (known.length < SHORTEST || known[0] !== word[0] || /\d/.test(known)) continue;
    if (Math.abs(known.length - word.length) > most || sameStart(known, word)) continue;
    if (isWithin(known, word, most)) return known;
  }
  return null;
}

const SHORTEST = 6;
const LONG = 9;

/** Differ in their endings alone. */
const sameStart = (a: string, b: string): boolean => {
  const shorter = Math.min(a.length, b.length);
  let common = 0;
  while (common < shorter && a[common] === b[common]) common++;
  return shorter - common <= 1;
};

/** Edit distance of two short words at most `most`. */
function isWithin(a: string, b: string, most: number): boolean {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(
        Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same),
      );
    }
    previous = row;
  }
  return (previous[b.length] ?? 0) <= most;
}
