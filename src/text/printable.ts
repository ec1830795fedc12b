/** C0 and C1 controls, format characters (bidi marks, zero widths, tags), separators of lines and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Untrusted text made safe for a terminal, on one line: what could move, color or reorder text is out, white space folded. */
export const plain = (text: string): string =>
  text.replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim();

/**
 * Text of several lines made safe for a terminal: line ends and tabs stay and, with `styles`, the
 * colors that a program writes itself (`ESC [ digits m`).
 */
export const printable = (text: string, styles = false): string =>
  text.replaceAll(UNPRINTABLE, (char, at: number) => {
    if (char === '\n' || char === '\t') return char;
    return styles && char === '\u001b' && STYLE.test(text.slice(at + 1, at + 20)) ? char : ' ';
  });

const STYLE = /^\[\d{1,3}(?:;\d{1,3}){0,3}m/;

/** A value as JSON on one line, in which characters that could harm a terminal are escaped: the same value when parsed. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(UNPRINTABLE, (char) =>
    [...Array(char.length).keys()]
      .map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
