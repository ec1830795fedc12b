import type { Trace } from '../contract/trace.ts';
import { isEnglish } from './english.ts';
import { words } from './words.ts';

/** Shorter requests do not show their language. */
const FEWEST_WORDS = 6;

/** The language of a request as it was recorded, else whether it is English; null where neither is known. */
export function requestLanguage({
  metadata,
  input,
}: Pick<Trace, 'metadata' | 'input'>): string | null {
  const { language, locale } = metadata;
  const recorded = language ?? locale;
  if (typeof recorded === 'string' && recorded !== '') return recorded;
  if (words(input, FEWEST_WORDS).length < FEWEST_WORDS) return null;
  return isEnglish(input) ? 'English' : 'other than English';
}
