/** A word of prose, in lowercase, with what its place and case tell. */
export interface ProseWord {
  readonly word: string;
  /** Whether only white space separates it from the word before, so that the two may form a pair. */
  readonly follows: boolean;
  /** Starts with a capital letter and is not all capitals. */
  readonly capital: boolean;
  /** Starts a sentence, a quotation or a line, where capitals carry no information. */
  readonly initial: boolean;
}

const LONGEST_TEXT = 2_000;

/**
 * Lists the words of a text's first 2,000 characters in order. Unlike `words`, tells case and place, keeps hyphens
 * inside words, and skips email addresses, URLs, file names and ids (anything
 * with `@`, `://`, an inner period, or a digit).
 */
export function proseWords(text: string): ProseWord[] {
  const tokens: ProseWord[] = [];
  let end = 0;
  let joined = false;
  let initial = true;
  const part = text.slice(0, LONGEST_TEXT);
  for (const match of part.matchAll(/[^\s"“”„«»`<>(){}[\],;|*]+/g)) {
    const between = part.slice(end, match.index);
    end = match.index + match[0].length;
    const onlySpace = /^[ \t\r\n]*$/.test(between);
    if (!onlySpace) joined = false;
    initial ||= !onlySpace || between.includes('\n');
    if (ADDRESS_OR_ID.test(match[0])) {
      joined = false;
      initial = false;
      continue;
    }
    for (const [raw] of match[0].matchAll(/[\p{L}\p{N}_]+(?:['’-]\p{L}+)*/gu)) {
      const word = raw.toLowerCase().replaceAll('’', "'");
      tokens.push({
        word,
        follows: joined,
        capital: /^\p{Lu}/u.test(raw) && raw !== raw.toUpperCase(),
        initial,
      });
      joined = true;
      initial = false;
    }
    if (/[.!?:]['’]?$/.test(match[0])) {
      joined = false;
      initial = true;
    }
  }
  return tokens;
}

const ADDRESS_OR_ID = /@|:\/\/|^www\.|[\p{L}\p{N}]\.\p{L}{2}|[\p{L}_#/-]\d|\d[\p{L}_#/-]/u;
