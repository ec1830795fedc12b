import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { writeSuiteFiles } from '../platform/suite-folder.ts';
import { plural } from '../text/format.ts';
import { plain, printableJson } from '../text/printable.ts';
import { type ExportFormat, exported, exportFormats } from '../verify/verify.ts';
import { lossLines, refuseLosses } from './loss-lines.ts';
import { writeResult } from './output.ts';
import { style } from './style.ts';
import { suitesAt } from './suites-at.ts';

interface Given {
  readonly to: ExportFormat;
  readonly out?: string;
  readonly strict?: true;
  readonly json?: true;
}

/** Writes suites in the form of another program, and names what is lost. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('Write suites in the form of another program. What is lost is named.')
    .argument('<suite>', 'A suite, or a folder of suites.')
    .addOption(
      new Option('--to <program>', 'The program.').choices(exportFormats).makeOptionMandatory(),
    )
    .option('--out <folder>', 'Write into this folder (default: the name of the program).')
    .option('--strict', 'Refuse, and write nothing, if anything would be lost.')
    .option('--json', 'Print the result as JSON.')
    .action(async (path: string, { to, out = to, strict, json }: Given) => {
      const { files, losses, next } = exported(await suitesAt(path), to);
      if (strict === true) refuseLosses(losses, `the export to ${to}`);
      const written = files
        .map(({ path: name, text, isTheirs }) => ({ path: join(out, name), text, isTheirs }))
        .filter((file) => file.isTheirs !== true || !existsSync(file.path));
      await writeSuiteFiles(written);
      if (json === true) {
        writeResult(
          `${printableJson({ files: written.map((file) => file.path), losses, next })}\n`,
        );
        return;
      }
      const lines = [
        ...written.map((file) => `wrote   ${style('cyan', plain(file.path))}`),
        ...lossLines(losses),
        ...(losses.length === 0 ? [] : [`${plural(losses.length, 'loss', 'losses')} in all`]),
        `next    ${plain(next)}`,
      ];
      writeResult(`${lines.join('\n')}\n`);
    });
