import { join } from 'node:path';
import { Command } from 'commander';
import { readRunFile, runFilesIn } from '../platform/run-file.ts';
import { plain, printableJson } from '../text/printable.ts';
import { type History, historyOf, parseRunLog } from '../verify/verify.ts';
import { INCOMPLETE } from './exit-code.ts';
import { writeMessage, writeResult } from './output.ts';
import { style } from './style.ts';

/** `culprit eval history evals/`: causes × runs. */
export const historyCommand = (): Command =>
  new Command('history')
    .description('Show the guards of every cause over the runs that were kept.')
    .argument('<folder>', 'A folder of suites.')
    .option('--runs <folder>', 'The records of runs (default: runs beside the suites).')
    .option('--json', 'Print the result as JSON.')
    .action((path: string, _: unknown, command: Command) => {
      // `eval` has these options too, and takes them from the command line first.
      const given: { readonly runs?: string; readonly json?: boolean } = command.optsWithGlobals();
      const folder = given.runs ?? join(path, 'runs');
      const history = historyOf(
        runFilesIn(folder).map((file) => parseRunLog(readRunFile(file), file)),
      );
      if (history.runs.length === 0) {
        writeMessage(`there is no complete run in ${folder}: culprit eval ${path} makes one`);
        process.exitCode = INCOMPLETE;
      }
      writeResult(given.json ? `${printableJson(history)}\n` : historyLines(history));
    });

/** Runs of the table; older ones are in the picture and in the JSON. */
const COLUMNS = 8;

/** A table of pass rates, a picture of all runs, and which cause came back in which version. */
export function historyLines({ runs, causes }: History): string {
  if (runs.length === 0) return '';
  const shown = runs.slice(-COLUMNS);
  const hidden = runs.length - shown.length;
  const names = shown.map(({ version }) => plain(version).slice(-WIDTH));
  const widths = names.map((name) => Math.max(name.length, 5));
  const row = (head: string, cells: readonly string[], tail: string): string =>
    [head.padEnd(HEAD), ...cells.map((cell, index) => cell.padStart(widths[index]!)), tail]
      .join('  ')
      .trimEnd();
  const lines = [
    style('bold', row('guards that pass', names, 'over time')),
    ...causes.map(({ cause, rates }) =>
      row(cause, rates.slice(-COLUMNS).map(shownRate), rates.map(bar).join('')),
    ),
    row(
      'verdict',
      shown.map(({ verdict }, index) => verdict.replace('_', ' ').slice(0, widths[index])),
      '',
    ),
    ...(hidden > 0 ? [style('dim', `${hidden} older runs are in the picture and in --json`)] : []),
    '',
    ...causes.flatMap(({ cause, cameBack }) =>
      cameBack.map((version) => style('red', `${cause} came back in ${plain(version)}`)),
    ),
    ...(causes.every(({ cameBack }) => cameBack.length === 0) ? ['no cause came back'] : []),
    '',
  ];
  return lines.join('\n');
}

const HEAD = 16;
const WIDTH = 20;
const BARS = '▁▂▃▄▅▆▇█';

const shownRate = (rate: number | null): string =>
  rate === null ? '–' : `${Math.round(100 * rate)}%`;

const bar = (rate: number | null): string =>
  rate === null ? '·' : BARS.charAt(Math.round(rate * (BARS.length - 1)));
