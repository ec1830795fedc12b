const MARKERS = new Set([
  '__redacted__',
  '[redacted]',
  '<redacted>',
  '(redacted)',
  'redacted',
  '***',
  '[filtered]',
]);

/** How the marks begin: most texts are told by their first letter. */
const BEGINNING = /^\s{0,100}[_[<(*rR]/;

/** True when a whole text is a recorder's mark for content it left out on purpose. */
export function isRedacted(text: string): boolean {
  if (text.length > 200 || !BEGINNING.test(text)) return false;
  const bare = text.trim().toLowerCase();
  return MARKERS.has(bare) || (bare.startsWith('redacted by ') && !bare.includes('\n'));
}
