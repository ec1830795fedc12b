const MARKERS = new Set([
  '__redacted__',
  '[redacted]',
  '<redacted>',
  '(redacted)',
  'redacted',
  '***',
  '[filtered]',
]);

/** First letters of the marks and of what may stand before them: most texts are told apart by one look. */
const BEGINNINGS = '_[<(*rR \t\n\r\f\v\u00a0';

/** True when a whole text is a recorder's mark for content it left out on purpose. */
export function isRedacted(text: string): boolean {
  if (text.length > 200 || !BEGINNINGS.includes(text.charAt(0))) return false;
  const bare = text.trim().toLowerCase();
  return MARKERS.has(bare) || (bare.startsWith('redacted by ') && !bare.includes('\n'));
}
