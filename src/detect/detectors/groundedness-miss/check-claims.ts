import { sentences } from '../../../text/sentences.ts';
import { stem, words } from '../../../text/words.ts';
import { isProse } from '../../run/prose.ts';
import type { Context } from '../../run/sources.ts';
import { citations, quotes } from './attributions.ts';
import { lowCoverage } from './coverage.ts';
import { days, numbers } from './figures.ts';
import { names } from './names.ts';
import { negations } from './negation.ts';
import { type SourceSentences, sourceSentences } from './source-sentences.ts';

/** A piece of the answer that the context does not bear out. */
export interface Unsupported {
  readonly kind:
    | 'citation-out-of-range'
    | 'quote-not-in-context'
    | 'number-changed'
    | 'number-not-in-context'
    | 'date-changed'
    | 'date-not-in-context'
    | 'name-changed'
    | 'name-not-in-context'
    | 'negation'
    | 'low-coverage';
  /** Verbatim, from the answer. */
  readonly text: string;
  /** Verbatim, the sentence of the source that it stands against; null when there is none. */
  readonly closest: string | null;
}

/**
 * Everything in the answer that the context does not bear out, surest kinds first. Where the answer may
 * bring knowledge of its own (not strict) only what claims to be from the context is checked: quotes and
 * citations; of tables figures are checked alone.
 * Reasoning over right figures is beyond it.
 */
export function unsupported(answer: string, context: Context): readonly Unsupported[] {
  const text = answer.slice(0, ANSWER_LIMIT);
  const source = context.sources.map((one) => one.text).join('\n');
  const known = context.said === '' ? source : `${source}\n${context.said}`;
  const sure = [...citations(text, context), ...quotes(text, known)];
  if (!context.strict) return sure;
  const claims = sentences(text);
  const given = sourceSentences(source);
  const figures = [...numbers(text, known, claims, given), ...days(text, known, claims, given)];
  if (!isProse(source)) return [...sure, ...figures];
  const vocabulary = vocabularyOf(given, given.whole ? context.said : known);
  return [
    ...sure,
    ...figures,
    ...negations(claims, given),
    ...names(text, vocabulary, given),
    ...lowCoverage(claims, vocabulary, given),
  ];
}

const ANSWER_LIMIT = 20_000;

/** Stems of the source's content words, and of all words of `more`. */
function vocabularyOf({ places }: SourceSentences, more: string): ReadonlySet<string> {
  const vocabulary = new Set(places.keys());
  for (const word of words(more, 60_000)) vocabulary.add(stem(word));
  return vocabulary;
}
