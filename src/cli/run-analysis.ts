import { existsSync } from 'node:fs';
import type { Analysis } from '../contract/analysis.ts';
import type { GivenCommandRecord } from '../contract/given-command.ts';
import { analyze, renderReport } from '../culprit.ts';
import { printableJson } from '../text/printable.ts';
import { analysisInputs } from './analysis-inputs.ts';
import { type CommandOptions, inFlags } from './command-options.ts';
import { exitCodeOf, INCOMPLETE } from './exit-code.ts';
import type { GivenCommand } from './given-command.ts';
import { type NamedFile, sourcesOf } from './named-files.ts';
import { writeMessage, writeResult } from './output.ts';
import { progressBar } from './progress.ts';
import { rankedList } from './ranked-list.ts';
import { openInBrowser, reportFile, written } from './report-file.ts';

/** Analyzes files, prints the ranked list or JSON, writes the report. */
export async function runAnalysis(
  files: readonly NamedFile[],
  options: CommandOptions,
  command: GivenCommand,
  typed: GivenCommandRecord | null,
): Promise<void> {
  const path = await reportPath(options, files);
  const replaced = path !== null && existsSync(path);
  const bar = await progressBar(process.stderr, options.judge !== undefined);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const say = (line: string): void => {
    bar.stop();
    writeMessage(line);
  };
  const stop = (): void => {
    say('stopped; nothing written');
    process.exit(exitCodeOf('aborted'));
  };
  process.once('SIGINT', stop);
  try {
    const inputs = await analysisInputs(options, { onOpen: (each) => opened.push(each), say });
    const { analysis, report } = await analyze(await sourcesOf(files), {
      ...inputs.options,
      ...(typed && { command: typed }),
      progress: bar.update,
    });
    bar.stop();
    for (const line of inputs.slow()) say(line);
    const unwritten = path === null ? null : await written(path, await renderReport(report));
    writeResult(
      options.json
        ? `${printableJson(analysis)}\n`
        : rankedList(analysis, {
            top: options.top,
            width: process.stdout.columns ?? PIPED_WIDTH,
            isTerminal: process.stdout.isTTY,
            command,
            report: path === null || unwritten !== null ? null : { path, replaced },
          }),
    );
    if (unwritten !== null) throw unwritten;
    if (options.open && path !== null) await openInBrowser(path, say);
    if (isIncomplete(analysis)) process.exitCode = INCOMPLETE;
  } catch (error) {
    throw inFlags(error);
  } finally {
    process.off('SIGINT', stop);
    bar.stop();
    for (const each of opened) await each.close();
  }
}

/** Columns of a list that no terminal shows. */
const PIPED_WIDTH = 110;

/** Something that was asked to judge gave no answer about any trace. */
const isIncomplete = ({ detectors }: Analysis): boolean =>
  detectors.some(
    ({ yes, no, unknown, errors }) => errors > 0 && yes + no === 0 && errors >= unknown,
  );

/** Checks before anything is read that the report can be written. Throws `invalid_option`. */
async function reportPath(
  { out, json }: CommandOptions,
  files: readonly NamedFile[],
): Promise<string | null> {
  if (out === false || (json && out === undefined)) return null;
  const inputs = files.map((file) => file.path);
  return reportFile(out ?? 'culprit-report.html', inputs, /<title>Culprit report\b/);
}
