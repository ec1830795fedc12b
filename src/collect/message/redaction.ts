const MARKERS = new Set([
  '__redacted__',
  '[redacted]',
  '<redacted>',
  '(redacted)',
  'redacted',
  '***',
  '[filtered]',
]);

/** How the markers begin: rules out most texts at once. */
const BEGINNING = /^\s*[_[<(*]{0,3}(?:redacted|filtered|\s*$)/i;

/** True when the whole text is a recorder's marker for redacted content. */
export function isRedacted(text: string): boolean {
  if (text.length > 200 || !BEGINNING.test(text)) return false;
  const bare = text.trim().toLowerCase();
  return MARKERS.has(bare) || (bare.startsWith('redacted by ') && !bare.includes('\n'));
}
