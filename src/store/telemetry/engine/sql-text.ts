/**
 * A text as SQL. The embedded engine reads test hints in comments, so whatever could look like one, or end the
 * literal, is written as hexadecimal bytes.
 */
export const sqlText = (text: string): string =>
  UNSAFE.test(text) ? `unhex('${Buffer.from(text, 'utf8').toString('hex')}')` : `'${text}'`;

/** Quotes, escapes, placeholders, comments, control characters, and what is no text in UTF-8. */
const UNSAFE = /['"`\\{}#]|--|\/\*|[\p{Control}\p{Surrogate}]/u;
