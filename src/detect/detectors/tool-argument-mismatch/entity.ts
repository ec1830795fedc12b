import { nameWords } from '../../../text/name-words.ts';

/**
 * What kind of thing a field holds, as words: `order_id` and `orders[0].id` hold an `order`,
 * `user.account_id` an `account`. Empty when the names do not say.
 */
export function entityOf(path: readonly string[]): readonly string[] {
  for (let index = path.length - 1; index >= 0; index--) {
    const words = entityWords(path[index] ?? '');
    if (words.length > 0) return words;
  }
  return [];
}

/** Words of a name without those that say that it is an identifier, or which one of several. */
export function entityWords(name: string): readonly string[] {
  if (/\d{2}/.test(name)) return [];
  return nameWords(name)
    .filter((word) => !GENERIC.has(word))
    .map((word) => SYNONYMS[word] ?? word);
}

/** Whether two kinds may be the same thing. Unknown kinds may be anything. */
export function isSameEntity(left: readonly string[], right: readonly string[]): boolean {
  if (left.length === 0 || right.length === 0) return true;
  return left.some((word) => right.some((other) => isSameWord(word, other)));
}

const isSameWord = (left: string, right: string): boolean =>
  left === right ||
  (left.length >= 3 && right.startsWith(left)) ||
  (right.length >= 3 && left.startsWith(right));

/** Only words that name no kind of thing. */
const GENERIC = new Set(
  `id identifier uid uuid guid number num no nr code key ref reference value name list array item
   data result record entry object detail info information field the a an of to from for by in with
   new old current source target origin destination primary secondary first last next previous main
   default selected my your all other args arguments input output param parameter query string text
   response request content body payload get set fetch find search lookup list show read retrieve
   create add update edit modify change delete remove cancel send post put make check`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const SYNONYMS: Readonly<Record<string, string>> = {
  booking: 'reservation',
  client: 'customer',
  member: 'customer',
  user: 'customer',
  person: 'customer',
  mail: 'email',
  cust: 'customer',
  acct: 'account',
  txn: 'transaction',
  msg: 'message',
  org: 'organization',
  organisation: 'organization',
  company: 'organization',
  doc: 'document',
  parcel: 'shipment',
  delivery: 'shipment',
};
