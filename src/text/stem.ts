import { byText } from './by-text.ts';

/**
 * A crude English stem: plural, -ing, -ed and -ly endings cut, so that inflections meet. A key to compare
 * by, not a word to show. Porter's finds less here (docs/decisions/text.md).
 */
export function stem(word: string): string {
  if (!mayEnd(word)) return word;
  // Longer words are slices that would keep their whole text alive.
  return word.length > 12 ? cutEnding(word) : knownStem(word);
}

/** Whether a word's last letters are those of an ending: they decide it for most words. */
function mayEnd(word: string): boolean {
  const last = word.charCodeAt(word.length - 1);
  const before = word.charCodeAt(word.length - 2);
  switch (last) {
    case 0x73: // s
    case 0x65: // e
      return true;
    case 0x67: // g
      return before === 0x6e;
    case 0x64: // d
      return before === 0x65;
    case 0x79: // y
      return before === 0x6c;
    case 0x6e: // n
      return before === 0x6f;
    default:
      return false;
  }
}

/** Texts repeat their words. */
const knownStem = byText(cutEnding, 10_000);

function cutEnding(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  for (const ending of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      const cut = word.slice(0, -ending.length);
      return cut.at(-1) === cut.at(-2) && !/[lse]$/.test(cut)
        ? cut.slice(0, -1)
        : cut.replace(/e$/, '');
    }
  }
  return word.replace(/e$/, '');
}

const ENDINGS = ['ations', 'ation', 'ingly', 'ings', 'ing', 'edly', 'ed', 'ly', 'es', 's'];
