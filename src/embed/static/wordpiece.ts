import { normalize, pieces } from './normalize.ts';

/** Longer words count as unknown, as in BERT. */
const LONGEST_WORD = 100;
/** Words repeat, so their tokens are cached, up to this many words. */
const KNOWN_LIMIT = 200_000;
/** V8 copies slices up to this length; a longer one would keep the whole text alive. */
const KNOWN_WORD = 12;

export type Tokenize = (
  text: string,
  visit: (word: string, tokens: readonly number[]) => void,
) => void;

/**
 * BERT's uncased WordPiece: visits each word or punctuation mark in order, with the vocabulary indices of its
 * tokens, or none if the word is unknown. Special tokens in the text are plain text.
 */
export function wordpiece(vocabulary: readonly string[]): Tokenize {
  const first = new Map<string, number>();
  const next = new Map<string, number>();
  for (const [index, token] of vocabulary.entries()) {
    if (token.startsWith('##')) next.set(token.slice(2), index);
    else first.set(token, index);
  }
  const longest = vocabulary.reduce((most, token) => Math.max(most, token.length), 0);
  const known = new Map<string, readonly number[]>();

  const tokensOf = (word: string): readonly number[] => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const tokens = spell(word, first, next, longest);
    if (word.length <= KNOWN_WORD && known.size < KNOWN_LIMIT) known.set(word, tokens);
    return tokens;
  };
  return (text, visit) => {
    if (!eachAsciiWord(text, (word) => visit(word, tokensOf(word)))) {
      for (const word of pieces(normalize(text))) visit(word, tokensOf(word));
    }
  };
}

/** Greedy longest match from the left; no token has more than `longest` UTF-16 units. */
function spell(
  word: string,
  first: ReadonlyMap<string, number>,
  next: ReadonlyMap<string, number>,
  longest: number,
): readonly number[] {
  if (word.length > LONGEST_WORD && [...word].length > LONGEST_WORD) return [];
  const tokens: number[] = [];
  let start = 0;
  while (start < word.length) {
    const vocabulary = start === 0 ? first : next;
    let end = Math.min(word.length, start + longest);
    let token = vocabulary.get(word.slice(start, end));
    while (token === undefined && --end > start) token = vocabulary.get(word.slice(start, end));
    if (token === undefined) return [];
    tokens.push(token);
    start = end;
  }
  return tokens;
}

const SPACE = 0;
const LETTER = 1;
const MARK = 2;
const OTHER = 3;

/** How the normalizer and the splitter treat each ASCII character. */
const KIND: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 32 || code === 9 || code === 10 || code === 13) return SPACE;
  if (code < 32 || code === 127) return OTHER;
  return /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? LETTER : MARK;
});

/** A fast path for plain ASCII text, several times faster. Returns false, without a visit, for other text. */
function eachAsciiWord(text: string, visit: (word: string) => void): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || KIND[code] === OTHER) return false;
  }
  const lower = text.toLowerCase();
  let start = -1;
  for (let at = 0; at < lower.length; at++) {
    const kind = KIND[lower.charCodeAt(at)];
    if (kind === LETTER) {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0) visit(lower.slice(start, at));
    start = -1;
    if (kind === MARK) visit(lower.charAt(at));
  }
  if (start >= 0) visit(lower.slice(start));
  return true;
}
