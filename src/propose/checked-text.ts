import { plain } from '../text/printable.ts';

/** What may be said of a model's sentence: only what is known may be quoted, counted or linked. */
export interface Known {
  /** Everything that the model was shown. */
  readonly text: string;
  /** Finds words in a text whatever its white space; null where they are not there. */
  readonly find: (text: string, words: string) => string | null;
}

/**
 * A sentence of a model as it may be shown: on one line, without control characters, cut at `limit` characters. Null
 * where it holds a quotation, a number or an address that is in nothing the model was shown: nobody could tell that it is
 * made up.
 */
export function checkedText(given: unknown, limit: number, known: Known): string | null {
  if (typeof given !== 'string') return null;
  const line = plain(given.slice(0, LONGEST)).replaceAll(MARKUP, '');
  const text = line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/\s+\S*$/, '')}…`;
  if (!/\p{L}/u.test(text)) return null;
  const has = (words: string): boolean =>
    known.text.includes(words) || known.find(known.text, words) !== null;
  if (![...text.matchAll(ADDRESS)].every(([address]) => has(address))) return null;
  const quoted = quotations(text);
  if (quoted === null || !quoted.every(has)) return null;
  const numbers = text.match(/\d[\d.,:/-]*/g) ?? [];
  return numbers.every((number) => hasNumber(known.text, number)) ? text : null;
}

/** Longer answers are no sentences. */
const LONGEST = 2_000;

/** What would make a heading, a list or a tag of it. */
const MARKUP = /^[\s#>*+-]+|[<>]/g;

const ADDRESS = /(?:\w{1,20}:\/\/|www\.|mailto:)\S+/gi;

const PAIRS: readonly RegExp[] = [
  /“([^”]*)”/g,
  /„([^“”]*)[“”]/g,
  /«([^»]*)»/g,
  /‘([^’]*)’/g,
  /"([^"]*)"/g,
  /`([^`]*)`/g,
  /(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu,
];

/** What stands in quotation marks; null where a mark has no other. */
function quotations(text: string): readonly string[] | null {
  let rest = text;
  const found: string[] = [];
  for (const pair of PAIRS)
    rest = rest.replaceAll(pair, (_, inside: string) => {
      found.push(inside.replace(/…$/, '').trim());
      return ' ';
    });
  return /["`“”„«»‘]/.test(rest) ? null : found.filter((each) => each !== '');
}

function hasNumber(text: string, given: string): boolean {
  const number = given.replace(/[.,:/-]+$/, '');
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1))
    if (!/[\d]/.test(text[at - 1] ?? '') && !/\d/.test(text[at + number.length] ?? '')) return true;
  return false;
}
