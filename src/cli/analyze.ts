import { Command } from 'commander';
import { commandOptions, commandShape } from './command-options.ts';
import { givenOptions, withFlags } from './flags.ts';
import { givenCommand } from './given-command.ts';
import { typedCommand } from './typed-command.ts';

/** `culprit analyze`; `given` is the command line as it was typed, to print advice that can be pasted. */
export const analyzeCommand = (given: readonly string[]): Command =>
  withFlags(
    new Command('analyze').argument(
      '<file...>',
      'Trace files of any known format, plain, gzip or zstd. Use - for standard input.',
    ),
    commandShape,
  ).action(async (files: readonly string[], _: unknown, command: Command) => {
    const options = commandOptions(givenOptions(command, commandShape));
    const { runAnalysis } = await import('./run-analysis.ts');
    await runAnalysis(
      files.map((path) => ({ path, name: path })),
      options,
      givenCommand(given),
      typedCommand(files, given),
    );
  });
