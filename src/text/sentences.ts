/** A sentence with its position in the text it was cut from. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
}

/**
 * Cuts text into sentences: at `.`, `!`, `?` and their full-width forms before a space and something that
 * can begin a sentence, at line breaks, and never after common abbreviations, initials or list numbers.
 * Linear; at most `limit` sentences.
 */
export function sentences(text: string, limit = 200): readonly Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  END.lastIndex = 0;
  for (let match = END.exec(text); match !== null && found.length < limit; match = END.exec(text)) {
    const end = match.index + match[0].length;
    if (match[0].startsWith('.') && isAbbreviation(text, match.index)) continue;
    push(found, text, start, end);
    start = end;
  }
  if (found.length < limit) push(found, text, start, text.length);
  return found;
}

const END =
  /[.!?]["')\]\u201D]{0,3}(?=\s+["'([\u201C*_#-]{0,3}[\p{Lu}\p{N}\p{Lo}]|\s*$)|[\u3002\uFF01\uFF1F]|\n+/gu;

const isAbbreviation = (text: string, dot: number): boolean =>
  ABBREVIATION.test(text.slice(Math.max(0, dot - 12), dot));

const ABBREVIATION =
  /(?:^|[\s(\n])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Inc|Ltd|Co|Corp|vs|etc|e\.g|i\.e|approx|No|Nos|Fig|Vol|pp?|al|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Gov|Sen|Rep|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|\d{1,3})$/;

function push(found: Sentence[], text: string, start: number, end: number): void {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  if (to > from) found.push({ text: text.slice(from, to), start: from });
}

const isSpace = (unit: number): boolean => unit <= 32 || unit === 0xa0 || unit === 0x3000;
