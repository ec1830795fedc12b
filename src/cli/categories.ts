import { Command } from 'commander';
import { defaultChecks, taxonomy } from '../detect/detect.ts';
import { count } from '../text/format.ts';
import { writeResult } from './output.ts';
import { style } from './style.ts';

/** Lists what `--severity` can name. */
export const categoriesCommand = (): Command =>
  new Command('categories').action(() => {
    const rows = taxonomy({ detectors: [], checks: defaultChecks() }).map(
      ({ id, severity, layer, definition }) => [id, count(severity), layer, definition] as const,
    );
    const head = ['category', 'severity', 'usually fixed in', 'what a good run does'] as const;
    const widths = [0, 1, 2].map((column) =>
      Math.max(...[head, ...rows].map((row) => row[column]!.length)),
    );
    const line = (row: readonly string[]): string =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
    writeResult(`${[style('dim', line(head)), ...rows.map(line)].join('\n')}\n`);
  });
