import { sentences } from '../../../text/sentences.ts';
import { stem } from '../../../text/stem.ts';
import { words } from '../../../text/words.ts';
import { isProse } from '../../run/prose.ts';
import type { Context } from '../../run/sources.ts';
import { citations, quotes } from './attributions.ts';
import { lowCoverage } from './coverage.ts';
import { days, numbers } from './figures.ts';
import { names } from './names.ts';
import { negations } from './negation.ts';
import { type SourceSentences, sourceSentences } from './source-sentences.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';

/**
 * Everything in the answer that the context does not support, most certain kinds first. Where the answer may
 * bring knowledge of its own (not strict), only what claims to be from the context is checked: quotes and
 * citations; against tables, figures alone are checked.
 * Reasoning over right figures is beyond it.
 */
export function checkClaims(answer: string, context: Context): readonly UnsupportedClaim[] {
  const text = answer.slice(0, ANSWER_LIMIT);
  const certain = [...citations(text, context), ...quotes(text, () => textOf(context))];
  if (!context.strict) return certain;
  const source = sourceText(context);
  const known = textOf(context);
  const claims = sentences(text);
  const given = sourceSentences(source);
  const figures = [...numbers(text, known, claims, given), ...days(text, known, claims, given)];
  if (!isProse(source)) return [...certain, ...figures];
  const vocabulary = vocabularyOf(given, given.whole ? context.conversation : known);
  return [
    ...certain,
    ...figures,
    ...negations(claims, given),
    ...names(text, vocabulary, given),
    ...lowCoverage(claims, vocabulary, given),
  ];
}

const sourceText = ({ sources }: Context): string => sources.map(({ text }) => text).join('\n');

/** The sources and the conversation. */
function textOf(context: Context): string {
  const source = sourceText(context);
  return context.conversation === '' ? source : `${source}\n${context.conversation}`;
}

const ANSWER_LIMIT = 20_000;

/** Stems of the source's content words, and of all words of `more`. */
function vocabularyOf({ places }: SourceSentences, more: string): ReadonlySet<string> {
  const vocabulary = new Set(places.keys());
  for (const word of words(more, 60_000)) vocabulary.add(stem(word));
  return vocabulary;
}
