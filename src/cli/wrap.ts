import wrapAnsi from 'wrap-ansi';

/** Text in lines of at most `width` columns, broken between words, or inside of a longer one. Styles take no room. */
export const wrap = (text: string, width: number): string => wrapAnsi(text, width, { hard: true });

/** The lines after the first moved in, so that a list keeps its shape. */
export const wrapHanging = (text: string, width: number, indent: string): string =>
  wrap(text, Math.max(20, width - indent.length)).replaceAll('\n', `\n${indent}`);

/** At most `lines` lines of that width; what is cut is replaced by an ellipsis. */
export function wrapAtMost(text: string, width: number, lines: number): string {
  const all = wrap(text, width).split('\n');
  if (all.length <= lines) return all.join('\n');
  const last = all[lines - 1] ?? '';
  const close = text.endsWith('”') ? '…”' : '…';
  const kept = last.length + close.length <= width ? last : last.slice(0, width - close.length);
  return [...all.slice(0, lines - 1), `${kept}${close}`].join('\n');
}
