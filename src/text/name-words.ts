import { words } from './words.ts';

/**
 * Words of a name, or of a text that mentions names: `getOrder_details` to `get order detail`, singular and
 * lower case, digits left out. Unlike stems they can be shown.
 */
export const nameWords = (name: string): readonly string[] =>
  words(name, { splitCase: true, digits: false, limit: Number.POSITIVE_INFINITY }).map(singular);

/** A name as people say it: `account_id`, `accountId` and `account.id` to `account id`; a name without words stays. */
export const spokenName = (name: string): string =>
  words(name, { splitCase: true, limit: Number.POSITIVE_INFINITY }).join(' ') || name;

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
