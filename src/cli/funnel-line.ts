import type { Analysis } from '../contract/analysis.ts';
import { count } from '../text/format.ts';
import { style } from './style.ts';

/** `2,600 received → 2,600 eligible → …`, and under it why the rest was dropped. */
export function funnelLine({ funnel }: Analysis, width: number): string {
  const stages = funnel.map((stage) => `${style('bold', count(stage.count))} ${stage.name}`);
  const drops = funnel.flatMap(({ dropped }) =>
    dropped.map((drop) => `${count(drop.count)} ${drop.reason}`),
  );
  const lines = joined(stages, ' → ', width);
  return drops.length === 0
    ? lines
    : `${lines}\n${style(
        'dim',
        joined(
          drops.map((drop) => `−${drop}`),
          ', ',
          width,
        ),
      )}`;
}

/** Joins without breaking an item over lines. Widths count visible characters only. */
function joined(items: readonly string[], separator: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    const longer = line === '' ? item : `${line}${separator}${item}`;
    if (line !== '' && visible(longer) > width) {
      lines.push(`${line}${separator.trimEnd()}`);
      line = item;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
const visible = (text: string): number => text.replaceAll(/\x1b\[[\d;]*m/g, '').length;
