/** A text for XML: markup escaped, characters that XML 1.0 cannot hold left out. */
export const xmlText = (text: string): string =>
  [...text.toWellFormed()]
    .filter(isAllowed)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');

function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20
    ? code !== 0xfffe && code !== 0xffff && code !== 0x7f
    : code === 9 || code === 10;
}
