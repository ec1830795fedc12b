import { eld } from 'eld/extrasmall';

/** Fewer letters are too few to tell. */
const FEWEST_LETTERS = 20;

/** ISO 639-1 code of the language of a text, code blocks aside; null where it is too short or not clear. */
export function detectLanguage(text: string): string | null {
  const prose = text.slice(0, 5_000).replaceAll(/```[\s\S]*?```/g, ' ');
  if ((prose.match(/\p{L}/gu)?.length ?? 0) < FEWEST_LETTERS) return null;
  const found = eld.detect(prose);
  return found.language === '' || !found.isReliable() ? null : found.language;
}
