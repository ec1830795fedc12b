import { finalize } from '../../numeric/random/random.ts';
import { FNV_BASIS, fnv1a } from '../../text/hash.ts';

/** The first words of a text with values masked. Messages from the same template have the same head. */
export interface TemplateHead {
  /** Masked tokens, at most 8. */
  readonly tokens: readonly string[];
  /** Hash of each prefix: `hashes[i]` is that of the first i + 1 tokens. */
  readonly hashes: Int32Array;
  /** Where the prefix of i + 1 tokens ends in the text that was read. */
  readonly ends: readonly number[];
}

const TOKENS = 8;
const HEAD = 260;

/**
 * The head of a message as masked tokens: words and the names of JSON fields stay; numbers, quoted values,
 * names, and the contents of brackets become placeholders. `population` keeps hashes of different kinds of message apart.
 */
export function templateHead(text: string, from: number, population: string): TemplateHead {
  const head = text.slice(from, from + HEAD);
  const tokens: string[] = [];
  const ends: number[] = [];
  const hashes = new Int32Array(TOKENS);
  let hash = hashAfter(FNV_BASIS, population);
  TOKEN.lastIndex = 0;
  for (
    let match = TOKEN.exec(head);
    match !== null && tokens.length < TOKENS;
    match = TOKEN.exec(head)
  ) {
    const token = masked(match, tokens.length === 0 || opensSentence(head, match.index));
    if (token === '' || (token === tokens.at(-1) && token.startsWith('<'))) continue;
    hash = hashAfter(hash, token);
    hashes[tokens.length] = finalize(hash);
    tokens.push(token);
    ends.push(from + match.index + match[0].length);
  }
  return { tokens, hashes, ends };
}

const TOKEN =
  /(["'`])([^"'`\n]{0,200})\1(\s{0,2}:)?|\[([^\]\n]{0,200})\]|(\{\s*\})|[\p{L}_][\p{L}\p{N}_'\u2019-]{0,60}|[-+]?[$€£]?\d[\p{L}\d.,:/%-]{0,60}/gu;

/** Whether a sentence ends right before `at`, followed by one to three spaces. */
function opensSentence(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && at - end < 3 && isSpace(text.charCodeAt(end - 1))) end--;
  return end < at && end > 0 && SENTENCE_ENDS.includes(text.charAt(end - 1));
}

const SENTENCE_ENDS = '.!?:';

const isSpace = (unit: number): boolean =>
  unit === 32 || (unit >= 9 && unit <= 13) || (unit > 127 && /\s/.test(String.fromCharCode(unit)));

function masked(match: RegExpExecArray, opens: boolean): string {
  const [whole, quote, quoted, colon, bracketed, braces] = match;
  if (quote !== undefined) return colon === undefined ? '<value>' : (quoted ?? '').toLowerCase();
  if (bracketed !== undefined) return bracketed.trim() === '' ? '[]' : '<list>';
  if (braces !== undefined) return '{}';
  const first = whole.charCodeAt(0);
  if (first < 65 && first !== 95) return '<number>';
  if (/\d/.test(whole)) return '<id>';
  const isName =
    !opens && whole.length > 1 && first >= 65 && first <= 90 && whole !== whole.toUpperCase();
  return isName ? '<name>' : whole.toLowerCase();
}

/** Continues a hash with another text, so that a list of texts has one hash. */
export const hashAfter = (hash: number, text: string): number => fnv1a('\n', fnv1a(text, hash));
