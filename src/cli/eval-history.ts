import { join } from 'node:path';
import { Command } from 'commander';
import { packageVersion, readBuilt } from '../platform/package-file.ts';
import { fillTemplate } from '../platform/report-template.ts';
import { readRunFile, runFilesIn } from '../platform/run-file.ts';
import { readSuiteFolder } from '../platform/suite-folder.ts';
import { printableJson } from '../text/printable.ts';
import { historyOf, parseRunLog, suitesIn } from '../verify/verify.ts';
import { EVAL_TITLE } from './eval-report-file.ts';
import { INCOMPLETE } from './exit-code.ts';
import { historyLines } from './history-lines.ts';
import { writeMessage } from './output.ts';
import { checkPage } from './page-options.ts';
import { present, reportFile } from './report-file.ts';

interface HistoryOptions {
  readonly runs?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly open?: boolean;
}

/** `culprit eval history evals/`: causes × runs. */
export const historyCommand = (): Command =>
  new Command('history')
    .description('Show the guards of every cause over the runs that were kept.')
    .argument('<folder>', 'A folder of suites.')
    .option('--runs <folder>', 'The records of runs (default: runs beside the suites).')
    .option('--out <file>', 'Also draw it as an HTML report in this file.')
    .option('--open', 'Open the report in the browser.')
    .option('--json', 'Print the result as JSON.')
    .action((path: string, _: unknown, command: Command) =>
      // `eval` has these options too, and takes them from the command line first.
      showHistory(path, command.optsWithGlobals()),
    );

async function showHistory(
  path: string,
  { runs, json = false, out, open = false }: HistoryOptions,
): Promise<void> {
  checkPage({ out, open });
  const report = out === undefined ? null : await reportFile(out, [path], EVAL_TITLE);
  const folder = runs ?? join(path, 'runs');
  const suites = suitesIn(await readSuiteFolder(path));
  const history = historyOf(
    runFilesIn(folder).map((file) => parseRunLog(readRunFile(file), file)),
    new Map(suites.map(({ suite: { cause } }) => [cause.id, cause.title])),
  );
  if (history.runs.length === 0) {
    writeMessage(`there is no run with a result in ${folder}: culprit eval ${path} makes one`);
    process.exitCode = INCOMPLETE;
  }
  const toolVersion = await packageVersion();
  const data = { kind: 'history', version: 1, toolVersion, path, history };
  await present(
    { path: report, open },
    async () => fillTemplate(await readBuilt('web/eval.html'), data),
    {
      say: writeMessage,
      textOf: (shown) => (json ? `${printableJson(history)}\n` : historyLines(history, shown)),
    },
  );
}
