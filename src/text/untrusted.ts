import { plain, printable } from './printable.ts';

/** Text of traces in a block that shows it as it is: the fence is longer than any in it. */
export function fenced(text: string, most = 2_000): string {
  const shown = printable(shortened(text, most)).trimEnd();
  const longest = [...shown.matchAll(/`{3,1000}/g)].reduce(
    (most, [run]) => Math.max(most, run.length),
    2,
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}

/** Text of traces as one piece of code in a line. */
export function inlineCode(text: string, most = 300): string {
  const shown = plain(shortened(text, most)).replaceAll('`', "'");
  return shown === '' ? '' : `\`${shown}\``;
}

/**
 * A sentence of Culprit that names things of traces. Code in backticks stays, and so that they link to nothing and call
 * nobody, addresses, mentions and references are code too; elsewhere nothing is markup.
 */
export function sentence(text: string, most = 500): string {
  const line = plain(shortened(text, most));
  let shown = '';
  let from = 0;
  for (const { 0: code, index } of line.matchAll(CODE)) {
    shown += escaped(line.slice(from, index));
    shown += code.startsWith('`') ? code : `\`${code}\``;
    from = index + code.length;
  }
  return shown + escaped(line.slice(from));
}

const CODE = /`[^`]{1,300}`|(?:\w{1,20}:\/\/|www\.)[^\s`<>]{1,300}|[@#][\p{L}\p{N}_/-]{1,100}/gu;

/** As CommonMark makes characters plain. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>|~]/g, '\\$&');

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
