import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { analyze, renderReport } from '../culprit.ts';
import { fileSource } from '../platform/file-source.ts';
import { analysisInputs } from './analysis-inputs.ts';
import { type CommandOptions, commandOptions, commandShape } from './command-options.ts';
import { givenOptions, withFlags } from './flags.ts';
import { progressBar } from './progress.ts';
import { rankedList } from './ranked-list.ts';

export const analyzeCommand = (): Command =>
  withFlags(
    new Command('analyze').argument(
      '<file...>',
      'Trace files of any known format, plain, gzip or zstd. Use - for standard input.',
    ),
    commandShape,
  ).action(async (files: string[], _: unknown, command: Command) => {
    const options = commandOptions(givenOptions(command, commandShape));
    await run(() => Promise.all(files.map((path) => fileSource(path))), options);
  });

/** Analyzes the sources, prints the ranked list or JSON, writes the report. Shared with `demo`. */
export async function run(
  open: () => Promise<readonly ByteSource[]>,
  options: CommandOptions,
): Promise<void> {
  const path = await reportPath(options);
  const bar = progressBar(process.stderr);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const say = (line: string): void => {
    bar.stop();
    process.stderr.write(`${line}\n`);
  };
  try {
    const inputs = await analysisInputs(options, { onOpen: (each) => opened.push(each), say });
    const { analysis, report } = await analyze(await open(), {
      ...inputs.options,
      progress: bar.update,
    });
    bar.stop();
    for (const line of inputs.slow()) say(line);
    if (path !== null) await writeFile(path, await renderReport(report));
    if (options.json) process.stdout.write(`${JSON.stringify(analysis)}\n`);
    else
      process.stdout.write(
        rankedList(analysis, {
          top: options.top,
          width: process.stdout.columns ?? 110,
          reportPath: path,
        }),
      );
  } finally {
    bar.stop();
    for (const each of opened) await each.close();
  }
}

/** Checks before anything is read that the report can be written. Throws `invalid_option`. */
async function reportPath({ out, json }: CommandOptions): Promise<string | null> {
  if (out === false || (json && out === undefined)) return null;
  const path = resolve(out ?? 'culprit-report.html');
  const folder = dirname(path);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new CulpritError(
      'invalid_option',
      `the report cannot be written to ${folder}: no such folder, or no permission. Name another file with --out, or write no report with --no-out`,
      { cause },
    );
  });
  return path;
}
