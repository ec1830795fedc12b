import { plainQuotes } from '../../../text/plain-quotes.ts';
import { words } from '../../../text/words.ts';
import type { Context } from '../../run/sources.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';

/** `[7]` where four documents were retrieved. */
export function citations(text: string, context: Context): readonly UnsupportedClaim[] {
  if (context.kind !== 'documents') return [];
  const count = context.sources.length;
  return [...text.matchAll(/(?<![\w\])])\[(\d{1,3})\](?![\w(])/g)]
    .filter((match) => Number(match[1]) > count)
    .slice(0, 5)
    .map((match) => ({ kind: 'citation out of range', text: match[0], closest: null }));
}

/** Words in quotation marks claim to be verbatim; four or more words, compared without case and punctuation. */
export function quotes(text: string, known: () => string): readonly UnsupportedClaim[] {
  const marked = [...plainQuotes(text).matchAll(/(?<!\w)"([^"\n]{20,400})"(?!\w)/g)].filter(
    (match) => words(match[1] ?? '').length >= 4 && !isJsonString(text, match),
  );
  if (marked.length === 0) return [];
  const haystack = bare(known());
  return marked
    .filter(
      (match) =>
        !(match[1] ?? '')
          .split(/\.{3}|\u2026|\[[^\]]{0,40}\]/)
          .every((part) => haystack.includes(bare(part))),
    )
    .map((match) => ({
      kind: 'quote not in context',
      text: text.slice(match.index + 1, match.index + 1 + (match[1]?.length ?? 0)),
      closest: null,
    }));
}

/** A string between `:`, `[` or `,` and `,`, `]` or `}` is data, not a quotation. */
const isJsonString = (text: string, match: RegExpMatchArray): boolean =>
  /[:{[,]\s{0,20}$/.test(text.slice(Math.max(0, (match.index ?? 0) - 21), match.index)) &&
  /^\s{0,20}[,}\]:]/.test(text.slice((match.index ?? 0) + match[0].length).slice(0, 21));

const bare = (text: string): string => words(text, 100_000).join(' ');
