const MARKERS = new Set([
  '__redacted__',
  '[redacted]',
  '<redacted>',
  '(redacted)',
  'redacted',
  '***',
  '[filtered]',
]);

/** First characters of the markers and spaces: rules out most texts at once. */
const BEGINNINGS = '_[<(*rR \t\n\r\f\v\u00a0';

/** True when the whole text is a recorder's marker for redacted content. */
export function isRedacted(text: string): boolean {
  if (text.length > 200 || !BEGINNINGS.includes(text.charAt(0))) return false;
  const bare = text.trim().toLowerCase();
  return MARKERS.has(bare) || (bare.startsWith('redacted by ') && !bare.includes('\n'));
}
