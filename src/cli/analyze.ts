import { Command } from 'commander';
import { commandOptions, commandShape } from './command-options.ts';
import { givenOptions, withFlags } from './flags.ts';
import { givenCommand } from './given-command.ts';
import { labelShape, splitLabelOptions } from './label-options.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';
import { typedCommand } from './typed-command.ts';

/** `culprit analyze`; `given` is the command line as it was typed, to print advice that can be pasted. */
export const analyzeCommand = (given: readonly string[]): Command =>
  withFlags(
    new Command('analyze').argument(
      '[file...]',
      'Trace files of any known format, plain, gzip or zstd. Use - for standard input.',
    ),
    { ...commandShape, ...labelShape, ...storeShape },
  ).action(async (files: readonly string[], _: unknown, command: Command) => {
    const { store, others: own } = splitStoreOptions(
      givenOptions(command, { ...commandShape, ...labelShape, ...storeShape }),
    );
    checkInput(files, store, own);
    const { label, others } = splitLabelOptions(own);
    const options = commandOptions(others, label.labelModel);
    const { runAnalysis } = await import('./run-analysis.ts');
    await runAnalysis(
      { files: files.map((path) => ({ path, name: path })), store, label },
      options,
      givenCommand(given),
      typedCommand(files, given),
    );
  });
