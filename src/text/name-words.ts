/**
 * Words of a name or of a text that mentions names: `getOrder_details` to `get order detail`, singular
 * and lower case, digits left out. For plain text `words` keeps more.
 */
export const nameWords = (name: string): readonly string[] =>
  (name.match(PARTS) ?? []).map((word) => singular(word.toLowerCase()));

const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu;

const singular = (word: string): string => {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
};
