import { finalize } from '../../numeric/random/random.ts';
import { FNV_BASIS, fnv1a } from '../../text/hash.ts';
import { nextToken, type TemplateToken } from './template-token.ts';

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
  let next = nextToken(head, 0);
  for (; next !== null && tokens.length < TOKENS; next = nextToken(head, next.end)) {
    const token = masked(head, next, tokens.length === 0);
    if (token === '' || (token === tokens.at(-1) && token.startsWith('<'))) continue;
    hash = hashAfter(hash, token);
    hashes[tokens.length] = finalize(hash);
    tokens.push(token);
    ends.push(from + next.end);
  }
  return { tokens, hashes, ends };
}

/** Whether a sentence ends right before `at`, followed by one to three spaces. */
function opensSentence(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && at - end < 3 && isSpace(text.charCodeAt(end - 1))) end--;
  return end < at && end > 0 && SENTENCE_ENDS.includes(text.charAt(end - 1));
}

const SENTENCE_ENDS = '.!?:';

const isSpace = (unit: number): boolean =>
  unit === 32 || (unit >= 9 && unit <= 13) || (unit > 127 && /\s/.test(String.fromCharCode(unit)));

function masked(
  head: string,
  { kind, start, end, inner }: TemplateToken,
  isFirst: boolean,
): string {
  switch (kind) {
    case 'value':
      return '<value>';
    case 'field':
      return inner.toLowerCase();
    case 'list':
      return inner.trim() === '' ? '[]' : '<list>';
    case 'braces':
      return '{}';
    case 'number':
      return '<number>';
    case 'id':
      return '<id>';
    case 'word': {
      const whole = head.slice(start, end);
      const opens = isFirst || opensSentence(head, start);
      return !opens && isName(whole) ? '<name>' : whole.toLowerCase();
    }
  }
}

/** Begins with a capital letter of the Latin alphabet, and not all are capitals. */
function isName(word: string): boolean {
  const first = word.charCodeAt(0);
  return word.length > 1 && first >= 65 && first <= 90 && word !== word.toUpperCase();
}

/** Continues a hash with another text, so that a list of texts has one hash. */
export const hashAfter = (hash: number, text: string): number => fnv1a('\n', fnv1a(text, hash));
