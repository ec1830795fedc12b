/** Untrusted text in Markdown: no markup, no row of its own, nobody mentioned. */
export const cell = (text: string, most = 300): string =>
  text
    .replace(/\s+/g, ' ')
    .slice(0, most)
    .replace(/[\\`*_{}[\]<>|#!~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replaceAll('@', '&#64;');
