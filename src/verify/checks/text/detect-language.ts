import type { eld } from 'eld/extrasmall';

/** Fewer letters are too few to tell. */
const FEWEST_LETTERS = 20;

let loaded: typeof eld | null = null;

/** Loads the tables of languages, a megabyte that only two checks need. */
export async function loadLanguages(): Promise<void> {
  loaded ??= (await import('eld/extrasmall')).eld;
}

/**
 * ISO 639-1 code of the language of a text, code blocks aside; null where it is too short or not clear.
 * @throws Error before `loadLanguages`
 */
export function detectLanguage(text: string): string | null {
  if (loaded === null) throw new Error('the languages are not loaded');
  const prose = text.slice(0, 5_000).replaceAll(/```[\s\S]*?```/g, ' ');
  if ((prose.match(/\p{L}/gu)?.length ?? 0) < FEWEST_LETTERS) return null;
  const found = loaded.detect(prose);
  return found.language === '' || !found.isReliable() ? null : found.language;
}
