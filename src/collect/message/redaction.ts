const MARKERS = new Set([
  '__redacted__',
  '[redacted]',
  '<redacted>',
  '(redacted)',
  'redacted',
  '***',
  '[filtered]',
]);

/** First characters of the markers: rules out most texts at once. */
const BEGINNING = /^\s{0,100}[_[<(*rR]/;

/** True when the whole text is a recorder's marker for redacted content. */
export function isRedacted(text: string): boolean {
  if (text.length > 200 || !BEGINNING.test(text)) return false;
  const bare = text.trim().toLowerCase();
  return MARKERS.has(bare) || (bare.startsWith('redacted by ') && !bare.includes('\n'));
}
