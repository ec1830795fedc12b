/**
 * Text with typographic apostrophes and quotes as plain ones, so that patterns need one form. Keeps
 * length and therefore positions.
 */
export const plainQuotes = (text: string): string =>
  CURLY.test(text)
    ? text.replace(/[\u2018\u2019\u02BC]/g, "'").replace(/[\u201C\u201D]/g, '"')
    : text;

const CURLY = /[\u2018\u2019\u02BC\u201C\u201D]/;
