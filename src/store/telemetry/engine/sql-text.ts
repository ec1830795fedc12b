/**
 * A text as SQL. The embedded engine reads test hints in comments, so whatever could look like one, or end the
 * literal, is written as hexadecimal bytes.
 */
export const sqlText = (text: string): string =>
  PLAIN.test(text) ? `'${text}'` : `unhex('${Buffer.from(text, 'utf8').toString('hex')}')`;

const PLAIN = /^[\w .:/@]*$/;
