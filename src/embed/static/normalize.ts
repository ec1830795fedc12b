/**
 * Normalizes as BERT's uncased normalizer does in the Rust `tokenizers` library: removes controls, turns any white space into a space,
 * isolates ideographs, strips accents by canonical decomposition, and lowercases each character on its own.
 */
export function normalize(text: string): string {
  return text
    .replace(REMOVED, '')
    .replace(SPACE, ' ')
    .replace(IDEOGRAPH, ' $& ')
    .normalize('NFD')
    .replace(NONSPACING, '')
    .replace(CAPITAL, (capital) => capital.toLowerCase());
}

const REMOVED = /[\0\ufffd]|(?![\t\n\r])\p{C}/gu;
const SPACE = /\p{White_Space}/gu;
const NONSPACING = /\p{Mn}/gu;
/** One at a time, because the lowercase of a final sigma depends on its neighbors. */
const CAPITAL = /\p{Changes_When_Lowercased}/gu;

/** The blocks that BERT calls Chinese: ideographs, but not kana or hangul. */
const IDEOGRAPH =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

/** Words and single punctuation marks of normalized text. All ASCII symbols count as punctuation, as well as Unicode's. */
export function pieces(normalized: string): string[] {
  return normalized.match(PIECE) ?? [];
}

const PIECE = /[\p{P}$+<=>^`|~]|[^\p{P}$+<=>^`|~ ]+/gu;
